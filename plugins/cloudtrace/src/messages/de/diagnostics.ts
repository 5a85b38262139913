import type { diagnosticsMessages } from '../diagnostics';
import type { Translated } from './Translated';

/** German texts of the view "Diagnostics". */
export const diagnosticsGerman: Translated<typeof diagnosticsMessages> = {
  diagnostics: {
    title: 'Diagnose',
    loading: 'Diagnose',
    intro:
      'Alle Datenquellen: wie sie gefunden wurden, wann sie zuletzt geantwortet haben und was zu tun ist, wenn nicht.',
    status: {
      ok: 'in Ordnung',
      waiting: 'noch keine Daten',
      stale: 'veraltet',
      problem: 'Problem',
      off: 'aus',
    },
    lastSuccess: 'Letzter Erfolg',
    lastError: 'Letzter Fehler',
    never: 'nie',
    resources: 'Gefundene Ressourcen',
    foundBy: {
      annotation: 'Annotation',
      relation: 'Beziehung im Katalog',
      tag: 'Tag der Ressource',
    },
    missingPermission: 'Fehlende Berechtigung:',
    nextStep: 'Nächster Schritt:',
    tokens: 'Ingest-Tokens',
    tokenCounts:
      '{{live}} aktiv, {{expired}} abgelaufen, {{revoked}} widerrufen, {{entityReplaced}} aus einer früheren Registrierung, {{unpeppered}} noch ohne den zusätzlichen Schlüssel des Portals',
    manageTokens: 'Tokens verwalten',
    setup: 'So sendet ein Service seine Requests',
    console: 'Konsole',
  },
};
