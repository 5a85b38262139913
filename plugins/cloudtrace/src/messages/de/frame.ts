import type { frameMessages } from '../frame';
import type { Translated } from './Translated';

/** German texts of the tab around all views, and of the states they share. */
export const frameGerman: Translated<typeof frameMessages> = {
  frame: {
    environment: 'Umgebung',
    range: 'Zeitraum',
    ranges: {
      '15m': '15 min',
      '1h': '1 h',
      '6h': '6 h',
      '24h': '24 h',
      '7d': '7 d',
      '30d': '30 d',
    },
    custom: 'Eigener Zeitraum …',
    customTitle: 'Eigener Zeitraum ({{zone}})',
    from: 'Von',
    to: 'Bis',
    apply: 'Übernehmen',
    cancel: 'Abbrechen',
    invalidRange: 'Das Ende muss nach dem Anfang liegen.',
    unknownRange:
      'Der Zeitraum „{{value}}“ in der URL ist ungültig. Stattdessen wird die letzte Stunde angezeigt. Wählen Sie oben einen Zeitraum oder schreiben Sie ihn als 6h oder als <Anfang>~<Ende> nach ISO 8601.',
    zoomBack: 'Zurück zu {{range}}',
    zoomBackFixed: 'Zurück zum vorherigen Zeitraum',
    live: 'Live',
    liveOn: 'Live-Aktualisierung an',
    liveOff: 'Live-Aktualisierung aus',
    liveFixed: 'Ein Zeitraum in der Vergangenheit wird nicht aktualisiert',
    asOf: 'Stand {{time}}, vor {{age}}',
    late: 'Diese Seite zeigt Daten von vor {{age}}: Neuere Antworten sind langsam oder fehlen. Es wird weiter versucht.',
    timeZone: 'Zeitzone',
    utc: 'UTC',
    local: 'Lokal',
    views: 'CloudTrace-Ansichten',
    tokens: 'Ingest-Tokens',
    more: 'Mehr',
  },
  states: {
    loading: 'Wird geladen: {{what}}',
    retry: 'Erneut versuchen',
    errorTitle: 'Laden fehlgeschlagen',
    staleTitle: 'Aktualisierung fehlgeschlagen: {{reason}}',
    staleDetail: 'Angezeigt werden Daten von {{time}}.',
    deniedTitle: 'Hier gibt es nichts anzuzeigen',
    deniedDetail:
      'Diese Entity hat keine solchen Daten, oder Ihnen fehlt die Berechtigung, sie zu lesen. Fragen Sie den Owner nach der Berechtigung {{permission}}.',
    notLinkedTitle: 'Nicht verknüpft',
    emptyTitle: 'Noch keine Requests',
    emptyDetail:
      'CloudTrace zeigt, was der Service selbst über OpenTelemetry meldet. Jedes OpenTelemetry-SDK und jeder Collector kann senden; nötig sind nur diese Variablen.',
    emptyRangeTitle: 'Keine Requests in diesem Zeitraum',
    emptyRangeDetail:
      'Der letzte Request kam {{time}} an. Wählen Sie einen längeren Zeitraum, um ihn zu sehen.',
    emptyRangeNever:
      'Wählen Sie einen längeren Zeitraum oder eine andere Umgebung.',
    showLonger: 'Zeitraum {{range}} anzeigen',
    snippetTitle: 'Umgebungsvariablen des Service',
    snippetToken:
      'Ersetzen Sie <token> durch ein Ingest-Token. Es wird nur einmal beim Erstellen angezeigt.',
    snippetTokenReady: 'Das Token steht im Text. Es wird nur jetzt angezeigt.',
    createToken: 'Token erstellen',
    openDiagnostics: 'Warum fehlen Daten? Diagnose öffnen',
    copy: 'Kopieren',
    copied: 'Kopiert',
  },
  chart: {
    showTable: 'Als Tabelle anzeigen',
    showChart: 'Als Diagramm anzeigen',
    time: 'Zeit',
    total: 'Gesamt',
    other: 'Andere ({{number}})',
    otherList: 'Andere: {{names}}',
    zoomHint: 'Zum Zoomen ziehen',
    empty: 'Keine Daten in diesem Zeitraum',
    unfinished: 'Wird noch gezählt',
  },
};
