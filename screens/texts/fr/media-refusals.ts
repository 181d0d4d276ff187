import type { RefusalTexts } from '../catalogue.ts';

/** French: why keys could not be saved as a file on a USB stick. */
export const mediaRefusals = {
  'KR-08-card-removed': {
    title: 'Votre carte a été retirée.',
    why: "Elle montre que vous êtes encore là. Rien n'a été enregistré, et rien n'est perdu.",
    next: "Réinsérez votre carte, et laissez-la jusqu'à ce que le fichier soit enregistré.",
  },
  'KR-08-medium-failed': {
    title: "La clé USB n'accepte pas le fichier.",
    why: "Elle a refusé l'écriture. Rien n'a été enregistré, et rien n'est perdu.",
    next: 'Réessayez avec une autre clé USB.',
  },
  'KR-08-medium-full': {
    title: 'La clé USB est pleine.',
    why: "Il n'y reste pas assez de place. Rien n'a été enregistré, et rien n'est perdu.",
    next: 'Supprimez-y quelque chose, ou prenez une autre clé USB.',
  },
  'KR-08-medium-gone': {
    title: 'La clé USB a été retirée.',
    why: "Elle l'a été avant que le fichier soit complet. Rien n'est perdu.",
    next: 'Rebranchez-la, laissez-la branchée et réessayez.',
  },
  'KR-08-medium-read-only': {
    title: "La clé USB est protégée contre l'écriture.",
    why: 'Rien ne peut y être enregistré.',
    next: 'Déplacez son petit verrou si elle en a un, ou prenez une autre clé USB.',
  },
  'KR-08-no-medium': {
    title: "Il n'y a pas de clé USB.",
    why: 'Vos clés de chiffrement sont enregistrées en fichier sur une clé USB que vous apportez.',
    next: 'Branchez une clé USB.',
  },
  'KR-08-not-a-file-system': {
    title: "Cette clé USB n'est pas lisible ici.",
    why: "Elle n'est pas formatée, est abîmée, verrouillée, ou faite pour un autre type d'ordinateur.",
    next: "Prenez une clé USB formatée en FAT ou exFAT, comme la plupart à l'achat.",
  },
  'KR-08-not-nss': {
    title: "Ces clés de chiffrement s'enregistrent désormais en fichier.",
    why: 'Leurs règles viennent de changer : elles ne vont plus sur votre ordinateur.',
    next: 'Choisissez-les de nouveau dans la liste.',
  },
  'KR-08-nss-only': {
    title: "Ce fichier ne s'enregistre pas à une borne.",
    why: 'Vos clés vont dans le magasin de certificats de votre ordinateur.',
    next: "Demandez à l'assistance comment les y mettre.",
  },
  'KR-08-pfx-content': {
    title: "Le fichier n'a pas pu être créé.",
    why: "Une clé et son certificat ne correspondent pas. Rien n'a été enregistré.",
    next: "Donnez à l'assistance le code ci-dessous.",
  },
  'KR-08-pfx-not-made': {
    title: "Le fichier n'a pas pu être créé.",
    why: "Cette borne n'en est pas venue à bout. Rien n'a été enregistré, et rien n'est perdu.",
    next: "Réessayez. Si cela se répète, donnez à l'assistance le code ci-dessous.",
  },
  'KR-08-pfx-password': {
    title: 'Ce mot de passe ne convient pas.',
    why: "Il est vide, ou contient des caractères impossibles à taper sur d'autres ordinateurs.",
    next: 'Choisissez un autre mot de passe.',
  },
  'KR-08-read-back-differs': {
    title: 'La clé USB est abîmée.',
    why: "Ce qui y a été relu n'est pas ce qui a été écrit. Le fichier a été supprimé.",
    next: 'Réessayez avec une autre clé USB.',
  },
  'KR-08-rules-changed': {
    title: 'Les règles de ce fichier viennent de changer.',
    why: "Votre mot de passe, ou l'ancien chiffrement, n'est plus permis. Rien n'a été enregistré.",
    next: 'Recommencez : on vous montre les règles en vigueur.',
  },
  'KR-08-several-media': {
    title: "Il y a plus d'une clé USB.",
    why: 'On ne saurait pas sur laquelle sont vos clés de chiffrement.',
    next: 'Ne laissez branchée que la vôtre.',
  },
} satisfies Partial<RefusalTexts>;
