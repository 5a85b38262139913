import type { ScanImporter } from '@cloudtrace/plugin-cloudtrace-node';

/** An importer as a module would provide it; the document controls its behaviour. */
export const acmeImporter: ScanImporter = {
  id: 'acme',
  title: 'ACME',
  modulePath: __filename,
  parse(document) {
    const { act } = document as { act?: string };
    if (act === 'hang') for (;;);
    if (act === 'fill') {
      const memory: object[] = [];
      for (;;) memory.push({ text: `${memory.length}` });
    }
    if (act === 'fail') throw new TypeError('a bug');
    return [{ tool: 'ACME', findings: [], cuts: [] }];
  },
};
