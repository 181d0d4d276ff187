-- What the first reasons are called in French and Spanish (UX-05). A reason that was given another name, or has these languages already, keeps what it has.
UPDATE "reasons" SET "titles" = "titles" || said."more" FROM (VALUES
  ('profile-updated', '{"en":"The card profile was updated","de":"Das Kartenprofil wurde geändert"}'::jsonb,
    '{"fr":"Le profil de la carte a été modifié","es":"El perfil de la tarjeta ha cambiado"}'::jsonb),
  ('personal-data-changed', '{"en":"Name, mail or photo changed","de":"Name, Mail oder Foto haben sich geändert"}',
    '{"fr":"Le nom, l''adresse e-mail ou la photo a changé","es":"Ha cambiado el nombre, el correo o la foto"}'),
  ('card-content-faulty', '{"en":"The card does not work properly","de":"Die Karte funktioniert nicht richtig"}',
    '{"fr":"La carte ne fonctionne pas correctement","es":"La tarjeta no funciona bien"}'),
  ('certificate-revoked-elsewhere', '{"en":"A certificate was revoked elsewhere","de":"Ein Zertifikat wurde anderswo gesperrt"}',
    '{"fr":"Un certificat a été révoqué ailleurs","es":"Se revocó un certificado en otro lugar"}'),
  ('pin-or-key-exposed', '{"en":"Somebody may know the PIN or a key","de":"Jemand könnte PIN oder Schlüssel kennen"}',
    '{"fr":"Quelqu''un connaît peut-être le code PIN ou une clé","es":"Alguien podría conocer el PIN o una clave"}'),
  ('routine-key-rotation', '{"en":"Routine renewal of the keys","de":"Regelmäßige Erneuerung der Schlüssel"}',
    '{"fr":"Renouvellement régulier des clés","es":"Renovación periódica de las claves"}'),
  ('lost', '{"en":"The card was lost","de":"Die Karte ist verloren"}',
    '{"fr":"La carte est perdue","es":"La tarjeta se ha perdido"}'),
  ('stolen', '{"en":"The card was stolen","de":"Die Karte wurde gestohlen"}',
    '{"fr":"La carte a été volée","es":"La tarjeta ha sido robada"}'),
  ('damaged', '{"en":"The card is damaged","de":"Die Karte ist beschädigt"}',
    '{"fr":"La carte est abîmée","es":"La tarjeta está dañada"}'),
  ('leaver', '{"en":"Its holder leaves","de":"Ihr Inhaber scheidet aus"}',
    '{"fr":"Son titulaire s''en va","es":"Su titular se marcha"}'),
  ('under-investigation', '{"en":"Something is being investigated","de":"Etwas wird untersucht"}',
    '{"fr":"Une vérification est en cours","es":"Se está investigando algo"}')
) AS said("code", "known", "more")
WHERE "reasons"."code" = said."code" AND "reasons"."titles" = said."known";
