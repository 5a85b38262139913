import { TableDefinition } from '@backstage/ui';

/** The parts of the table of Backstage UI that have a look of their own. */
export type TablePart =
  | 'Table'
  | 'TableHeader'
  | 'TableHead'
  | 'TableBody'
  | 'TableRow'
  | 'TableCell';

/**
 * The classes that give an HTML element the look of a part of the table of
 * Backstage UI: the stable name, which themes of portals refer to, and the name
 * that the styles of Backstage UI have in this version.
 */
export function tableLook(part: TablePart): string {
  const name = `bui-${part}`;
  return `${name} ${TableDefinition.styles[name] ?? ''}`.trim();
}

/** The height of a table in place of a chart, in pixels; a longer one scrolls. */
export const LOW_TABLE_PX = 320;
