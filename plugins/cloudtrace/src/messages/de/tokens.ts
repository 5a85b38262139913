import type { tokensMessages } from '../tokens';
import type { Translated } from './Translated';

/** German texts of the dialog of ingest tokens. */
export const tokensGerman: Translated<typeof tokensMessages> = {
  tokens: {
    title: 'Ingest-Tokens',
    intro:
      'Mit einem Token sendet ein Service oder eine Pipeline Daten für diese Entity und eine Umgebung, und sonst nichts. Das Secret wird nur einmal angezeigt.',
    close: 'Schließen',
    create: 'Token erstellen',
    name: 'Name',
    nameHint: 'Wo es verwendet wird, z. B. „orders, eu-central-1“',
    kind: 'Für',
    kinds: {
      requests: 'Requests (OpenTelemetry)',
      scans: 'Security-Scans (CI)',
      events: 'Ereignisse (Deployments, Drift)',
    },
    environment: 'Umgebung',
    expires: 'Läuft ab in',
    days_one: '1 Tag',
    days_other: '{{count}} Tagen',
    createdTitle:
      'Token erstellt. Kopieren Sie das Secret jetzt: Es wird nicht noch einmal angezeigt.',
    secret: 'Secret des Tokens',
    done: 'Fertig',
    none: 'Noch keine Tokens.',
    columns: {
      name: 'Name',
      kind: 'Für',
      environment: 'Umgebung',
      status: 'Status',
      expires: 'Läuft ab',
      lastUsed: 'Zuletzt verwendet',
      actions: 'Aktionen',
    },
    status: {
      live: 'aktiv',
      expired: 'abgelaufen',
      revoked: 'widerrufen',
      'entity-replaced': 'gesperrt',
      unpeppered: 'gesperrt',
    },
    stopped: {
      'entity-replaced':
        'Die Entity wurde nach dem Erstellen dieses Tokens neu registriert. Erstellen Sie ein neues Token.',
      unpeppered:
        'Dieses Token wurde erstellt, bevor das Portal einen zusätzlichen Schlüssel für Tokens bekam. Erstellen Sie ein neues Token.',
    },
    never: 'nie',
    revoke: 'Widerrufen',
    revokeName: '{{name}} widerrufen',
    revokeConfirm:
      '{{name}} widerrufen? Sender, die es verwenden, werden innerhalb von 30 s abgewiesen.',
    keep: 'Behalten',
    failed: 'Die Anfrage ist fehlgeschlagen: {{reason}}',
    loading: 'Tokens',
  },
};
