import type { portalMessages } from '../portal';
import type { Translated } from './Translated';

/** German texts outside the tab. */
export const portalGerman: Translated<typeof portalMessages> = {
  home: {
    myServices: 'Meine Services jetzt',
    myServicesDetail:
      'Ihre Services, die am dringendsten Aufmerksamkeit brauchen, mit Gründen',
    myFindings: 'Meine Findings',
    myFindingsDetail:
      'Ihre Services mit den schwersten offenen Security-Findings',
    all: 'Alle Services anzeigen',
    noServices:
      'Ihnen und Ihren Gruppen gehört kein Service, den CloudTrace kennt.',
    noFindings: 'Von Ihren Services ist kein offenes Finding bekannt.',
    denied: 'Sie dürfen das nicht sehen.',
  },
  search: {
    asOf: 'Stand {{time}}',
    types: { service: 'Zustand von Services', finding: 'Security-Findings' },
  },
};
