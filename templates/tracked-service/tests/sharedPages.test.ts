import { readFileSync } from 'node:fs';
import path from 'node:path';

const read = (file: string) =>
  readFileSync(path.resolve(__dirname, '..', file), 'utf8');

/** Only true on instances of an Auto Scaling group. */
const OF_ONE_COMPUTE =
  /instance refresh|launch template|Auto Scaling (?:group|would)|desired_capacity|start-session|machine image/gi;

describe('pages of repositories with any compute', () => {
  it.each([
    'infra/terraform/README.md.njk',
    'infra/cdk/README.md.njk',
    'ci/common/docs/pipeline.md.njk',
    'core/docs/runbook.md.njk',
    'starters/storefront/docs/shop-runbook.md',
  ])('%s describes none in particular', file => {
    expect(read(file).match(OF_ONE_COMPUTE) ?? []).toEqual([]);
  });

  it('finds such words', () => {
    expect(read('compute/asg/docs/compute.md')).toMatch(OF_ONE_COMPUTE);
  });
});
