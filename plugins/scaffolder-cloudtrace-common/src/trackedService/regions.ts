/**
 * Availability zones by region that every account can use, three each.
 *
 * Listed here because Terraform and CDK must not look them up: a plan must not
 * depend on the account that creates it. Zone b of ap-northeast-1 and zone c of
 * ca-central-1 are omitted, because they are closed to new accounts or missing.
 */
export const zoneNamesByRegion: Record<string, readonly string[]> = {
  'eu-central-1': zones('eu-central-1', 'abc'),
  'eu-west-1': zones('eu-west-1', 'abc'),
  'eu-west-2': zones('eu-west-2', 'abc'),
  'eu-west-3': zones('eu-west-3', 'abc'),
  'eu-north-1': zones('eu-north-1', 'abc'),
  'eu-south-1': zones('eu-south-1', 'abc'),
  'us-east-1': zones('us-east-1', 'abc'),
  'us-east-2': zones('us-east-2', 'abc'),
  'us-west-2': zones('us-west-2', 'abc'),
  'ca-central-1': zones('ca-central-1', 'abd'),
  'sa-east-1': zones('sa-east-1', 'abc'),
  'ap-south-1': zones('ap-south-1', 'abc'),
  'ap-southeast-1': zones('ap-southeast-1', 'abc'),
  'ap-southeast-2': zones('ap-southeast-2', 'abc'),
  'ap-northeast-1': zones('ap-northeast-1', 'acd'),
};

function zones(region: string, letters: string): string[] {
  return [...letters].map(letter => `${region}${letter}`);
}
