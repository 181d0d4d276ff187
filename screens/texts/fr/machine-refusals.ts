import type { RefusalTexts } from '../catalogue.ts';

/** French: what is wrong with this kiosk, central or the reader. */
export const machineRefusals = {
  'SE-01-certificate-expired': {
    title: "Le certificat de cette borne n'est pas en cours de validité.",
    why: "Elle est restée éteinte trop longtemps, ou son horloge n'est pas à l'heure. Le serveur central ne l'admet pas.",
    next: "Utilisez une autre borne et prévenez l'assistance.",
  },
  'SE-01-foreign-certificate': {
    title: "Cette borne dépend d'un autre serveur central.",
    why: "Son certificat n'a pas été délivré par le serveur qu'elle interroge.",
    next: "Utilisez une autre borne et prévenez l'assistance.",
  },
  'SE-01-kiosk-revoked': {
    title: 'Cette borne a été exclue.',
    why: "Le serveur central ne l'admet plus.",
    next: "Utilisez une autre borne. Si celle-ci devrait fonctionner, prévenez l'assistance.",
  },
  'SE-01-no-certificate': {
    title: "Cette borne n'a pas été admise.",
    why: 'Elle ne présente aucun certificat au serveur central.',
    next: "Utilisez une autre borne et prévenez l'assistance.",
  },
  'SE-01-not-a-kiosk': {
    title: 'Le serveur central ne connaît pas cette borne.',
    why: "Cette borne a été exclue, ou n'a jamais été admise.",
    next: "Utilisez une autre borne et prévenez l'assistance.",
  },
  'SE-03-management-key': {
    title: "Cette carte ne s'ouvre pas à l'écriture.",
    why: "Le serveur central n'a pas la clé que cette carte demande avant toute modification.",
    next: "Adressez-vous à l'assistance. Votre carte fonctionne comme avant.",
  },
  'SE-03-no-master-key': {
    title: 'Il manque au serveur central une clé pour cette carte.',
    why: "Le serveur interrogé n'a pas la clé dont sont tirés les secrets de cette carte.",
    next: "Donnez à l'assistance le code ci-dessous.",
  },
  'SE-07-attestation': {
    title: "Une nouvelle clé n'a pas été créée par cette carte.",
    why: "Ce que la carte dit de la clé qu'elle a créée ne correspond pas à cette clé.",
    next: "Ne réessayez pas ici. Adressez-vous à l'assistance.",
  },
  'SE-07-bad-request': {
    title: "Le serveur central n'a pas compris cette borne.",
    why: 'Cela ne devrait pas arriver : la borne ou le serveur est peut-être à mettre à jour.',
    next: "Donnez à l'assistance le code ci-dessous.",
  },
  'SE-07-card-answer': {
    title: "Les réponses de cette carte n'ont pas de sens.",
    why: "Ce qu'elle dit est abîmé ou incomplet.",
    next: "Retirez-la, essuyez la puce avec un chiffon sec et réessayez. Si rien ne change, adressez-vous à l'assistance.",
  },
  'SY-02-no-room': {
    title: "Cette borne n'a plus de place.",
    why: "Son disque est plein ou ne s'écrit plus, et rien n'est commencé ici qui ne puisse être noté.",
    next: "Allez à une autre borne et prévenez l'assistance. Une carte inachevée peut être terminée là-bas.",
  },
  'SY-03-central-failed': {
    title: 'Le serveur central a eu un problème.',
    why: "C'est notre faute, pas la vôtre.",
    next: "Réessayez dans quelques minutes. Si cela se répète, prévenez l'assistance.",
  },
  'SY-03-central-not-reached': {
    title: 'Le serveur central ne répond pas.',
    why: "Une carte ne peut être réécrite qu'avec lui, et il n'y a pas de liaison.",
    next: 'Réessayez dans quelques minutes.',
  },
  'SY-03-central-refused': {
    title: 'Le serveur central a refusé.',
    why: 'Il sait de cette carte ou de son titulaire une chose que cette borne ne sait pas encore.',
    next: "Adressez-vous à l'assistance.",
  },
  'SY-06-newer-kiosk': {
    title: 'Cette borne est trop ancienne pour cette carte.',
    why: 'Le serveur central en dit une chose que le programme de cette borne ne connaît pas encore.',
    next: "Utilisez une autre borne, et donnez à l'assistance le code ci-dessous.",
  },
  'SY-06-other-protocol': {
    title: 'Cette borne et le serveur central ne sont pas compatibles.',
    why: "Leurs programmes sont de versions trop éloignées. L'un des deux est à mettre à jour.",
    next: "Utilisez une autre borne et prévenez l'assistance.",
  },
  'UX-06-card-unresponsive': {
    title: 'La carte ne répond pas.',
    why: "Elle est peut-être à l'envers, ou sa puce est sale.",
    next: 'Retirez-la et réinsérez-la, la puce en avant et vers le haut.',
  },
  'UX-06-reader-busy': {
    title: 'Le lecteur de cartes est occupé.',
    why: "Un autre programme de cette borne l'utilise.",
    next: "Réessayez dans un instant. Si rien ne change, prévenez l'assistance.",
  },
  'UX-06-reader-gone': {
    title: "Le lecteur de cartes n'est plus là.",
    why: 'Il a été débranché, ou il est en panne.',
    next: "Rebranchez-le, ou prévenez l'assistance.",
  },
  'UX-06-service-gone': {
    title: "Le service des cartes de cette borne s'est arrêté.",
    why: 'Sans lui, aucune carte ne peut être lue. Il redémarre de lui-même.',
    next: "Attendez un instant. Si rien ne change, prévenez l'assistance.",
  },
  'UX-09-internal': {
    title: 'Cette borne a eu un problème.',
    why: "C'est notre faute, pas la vôtre.",
    next: "Réessayez. Si cela se répète, donnez à l'assistance le code ci-dessous.",
  },
} as const satisfies Partial<RefusalTexts>;
