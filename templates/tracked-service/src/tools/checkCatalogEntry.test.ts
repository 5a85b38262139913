import { requiredAnswers } from '../combinations';
import { ActionsRenderer } from '../ActionsRenderer';
import type { Rendering } from '../Scaffolder';
import { checkCatalogEntry } from './files';

jest.setTimeout(120_000);

describe('the catalog entry', () => {
  let renderer: ActionsRenderer;
  beforeAll(async () => {
    renderer = await ActionsRenderer.start();
  });
  afterAll(() => renderer.stop());

  const textOf = (rendering: Rendering) =>
    rendering.get('catalog-info.yaml')!.content.toString('utf8');

  it('names the namespaces of its workloads on Kubernetes', async () => {
    const rendering = await renderer.render({
      ...requiredAnswers,
      compute: 'kubernetes',
    });
    expect(checkCatalogEntry(rendering)).toEqual([]);
    const file = rendering.get('catalog-info.yaml')!;
    const without = textOf(rendering).replace(/kubernetes-namespace/g, 'other');
    rendering.set('catalog-info.yaml', {
      ...file,
      content: Buffer.from(without),
    });
    expect(checkCatalogEntry(rendering)).toEqual([
      expect.stringMatching(/kubernetes-namespace\.staging is not .+-staging$/),
      expect.stringMatching(
        /kubernetes-namespace\.production is not .+-production$/,
      ),
    ]);
  });

  it('names no namespace on other computes', async () => {
    const rendering = await renderer.render({ ...requiredAnswers });
    expect(checkCatalogEntry(rendering)).toEqual([]);
    expect(textOf(rendering)).not.toContain('kubernetes');
  });
});
