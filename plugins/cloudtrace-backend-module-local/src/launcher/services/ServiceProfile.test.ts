import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readServiceProfile } from './ServiceProfile';

describe('readServiceProfile', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'profile-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const profileOf = (content: string) => {
    mkdirSync(join(directory, '.cloudtrace'));
    writeFileSync(join(directory, '.cloudtrace/answers.json'), content);
    return readServiceProfile(directory);
  };

  it('lets active users scale a storefront that chose it', () => {
    const answers = { starter: 'storefront', scaling: 'active-users' };
    expect(profileOf(JSON.stringify({ answers }))).toEqual({
      signal: 'active-users',
      load: 'visitors',
    });
  });

  it('lets requests scale a storefront with another policy', () => {
    const answers = { starter: 'storefront', scaling: 'step-cpu' };
    expect(profileOf(JSON.stringify({ answers }))).toEqual({
      signal: 'request-rate',
      load: 'visitors',
    });
  });

  it('lets people notify each other in the notifications service', () => {
    const answers = { starter: 'notifications', scaling: 'step-cpu' };
    expect(profileOf(JSON.stringify({ answers }))).toEqual({
      signal: 'request-rate',
      load: 'notifications',
    });
  });

  it.each([
    '{"answers":{"starter":"request-tracker","scaling":"active-users"}}',
    '{}',
    'null',
    'not JSON',
  ])('sends requests to anything else: %s', content => {
    expect(profileOf(content)).toEqual({
      signal: 'request-rate',
      load: 'requests',
    });
  });

  it('sends requests to a service that is not from the template', () => {
    expect(readServiceProfile(directory).load).toBe('requests');
  });

  it('knows what users of each starter of the template do', () => {
    const file = join(
      __dirname,
      '../../../../../templates/tracked-service/options.generated.json',
    );
    const { options } = JSON.parse(readFileSync(file, 'utf8'));
    const starters = options.starter.choices.map(
      ({ value }: { value: string }) => value,
    );
    mkdirSync(join(directory, '.cloudtrace'));
    const loads = starters.map((starter: string) => {
      writeFileSync(
        join(directory, '.cloudtrace/answers.json'),
        JSON.stringify({ answers: { starter } }),
      );
      return [starter, readServiceProfile(directory).load];
    });
    expect(Object.fromEntries(loads)).toEqual({
      'request-tracker': 'requests',
      storefront: 'visitors',
      notifications: 'notifications',
    });
  });
});
