import type { createMessages } from '../create';
import type { Translated } from './Translated';

/** German texts of the fields in the template "Tracked service". */
export const createGerman: Translated<typeof createMessages> = {
  create: {
    review: 'Was angelegt wird',
    registered:
      '{{repository}}, im Katalog registriert mit {{owner}} als Owner und von CloudTrace überwacht.',
    defaultOwner: 'seinem Owner',
    startsLocally:
      'Es startet sofort auf diesem Rechner. In AWS wird nichts angelegt, bis Sie deployen.',
    startsOnDeploy: 'In AWS wird nichts angelegt, bis Sie deployen.',
    cost: 'Ungefähre monatliche Kosten',
    costIn: 'Ungefähre monatliche Kosten in {{region}}',
    costTotal: 'Summe pro Monat',
    costMaximum: 'Höchstens, wenn alle Instanzen laufen',
    costAbout: 'Etwa {{usd}} im Monat',
    costSame: 'wie die Standardwerte',
    costMore: '{{usd}} mehr als die Standardwerte',
    costLess: '{{usd}} weniger als die Standardwerte',
    costCompared:
      '{{about}}, {{change}}; höchstens {{usdAtMaximum}}, wenn alle Instanzen laufen.',
    nameTaken:
      'Der Katalog enthält bereits eine Komponente „{{name}}“: Wählen Sie einen anderen Namen',
    nameProblem: 'Ungültiger Name ({{reason}})',
  },
};
