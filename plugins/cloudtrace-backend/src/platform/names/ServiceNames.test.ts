import type { Entity } from '@backstage/catalog-model';
import { testEntity } from '../../testUtils/backend';
import type { ServiceIdentity } from '../types';
import { normalizeScope } from './inScope';
import { ServiceClaim } from './ServiceClaim';
import { ServiceNames, type Assignment } from './ServiceNames';

const NAME = 'cloudtrace.io/service-name';
const NAMESPACE = 'cloudtrace.io/service-namespace';
const ENVIRONMENTS = 'cloudtrace.io/environments';

function entity(
  name: string,
  annotations: Record<string, string> = {},
  more: Partial<Entity> = {},
): Entity {
  return testEntity(name, {
    ...more,
    metadata: { name, uid: `uid-${name}`, annotations },
  });
}

function namesOf(
  entities: Entity[],
  options: { assignments?: Assignment[]; known?: string[] } = {},
) {
  const claims = entities.map(
    one => new ServiceClaim(one, options.known ?? []),
  );
  return new ServiceNames(claims, options.assignments ?? []);
}

const ALL = { tokenId: 't', scope: { all: true as const } };
const service = (
  name: string,
  more: Partial<ServiceIdentity> = {},
): ServiceIdentity => ({ name, namespace: '', environment: '', ...more });

describe('ServiceNames', () => {
  it('finds a service by the name of its entity, or by the annotation instead', () => {
    const names = namesOf([
      entity('shop'),
      entity('cart', { [NAME]: 'basket' }),
    ]);
    const find = (name: string) => names.find(ALL, service(name));
    expect(find('shop')).toEqual({
      entityRef: 'component:default/shop',
      environment: 'default',
    });
    expect(find('basket')).toMatchObject({
      entityRef: 'component:default/cart',
    });
    expect(find('cart')).toEqual({ reason: 'unknown' });
    expect(find('')).toEqual({ reason: 'unknown' });
    expect(find('x'.repeat(10_000))).toEqual({ reason: 'unknown' });
    expect(find('__proto__')).toEqual({ reason: 'unknown' });
  });

  it('does not find components that have no tab', () => {
    const library = { spec: { type: 'library' } };
    const names = namesOf([
      entity('lib', {}, library),
      entity('job', { [NAME]: 'job' }, library),
    ]);
    expect(names.find(ALL, service('lib'))).toEqual({ reason: 'unknown' });
    expect(names.find(ALL, service('job'))).toMatchObject({
      entityRef: 'component:default/job',
    });
  });

  it('gives a name that two entities claim to none of them', () => {
    const names = namesOf([
      entity('shop'),
      entity('thief', { [NAME]: 'shop' }),
    ]);
    expect(names.find(ALL, service('shop'))).toEqual({ reason: 'ambiguous' });
    expect(names.claimants('shop', '', '')).toEqual([
      'component:default/shop',
      'component:default/thief',
    ]);
  });

  it('distinguishes equal names by the namespace', () => {
    const names = namesOf([
      entity('a', { [NAME]: 'api', [NAMESPACE]: 'shop' }),
      entity('b', { [NAME]: 'api', [NAMESPACE]: 'bank' }),
    ]);
    const find = (namespace: string) =>
      names.find(ALL, service('api', { namespace }));
    expect(find('shop')).toMatchObject({ entityRef: 'component:default/a' });
    expect(find('bank')).toMatchObject({ entityRef: 'component:default/b' });
    expect(find('')).toEqual({ reason: 'unknown' });
  });

  it('reads an annotation of one environment', () => {
    const names = namesOf([
      entity('a', {
        [ENVIRONMENTS]: 'production,staging',
        [`${NAME}.staging`]: 'a-staging',
      }),
    ]);
    const find = (name: string, environment: string) =>
      names.find(ALL, service(name, { environment }));
    expect(find('a-staging', 'staging')).toMatchObject({
      environment: 'staging',
    });
    expect(find('a', 'production')).toMatchObject({
      environment: 'production',
    });
    expect(find('a', 'staging')).toEqual({ reason: 'unknown' });
    expect(find('a-staging', 'production')).toEqual({ reason: 'unknown' });
  });

  it('uses the default environment if the sender names none', () => {
    const annotated = { [ENVIRONMENTS]: 'production,staging' };
    const find = (known: string[], annotations = annotated) =>
      namesOf([entity('a', annotations)], { known }).find(ALL, service('a'));
    expect(find([])).toMatchObject({ environment: 'production' });
    expect(find(['staging'])).toMatchObject({ environment: 'staging' });
    expect(find(['test'], {} as never)).toMatchObject({ environment: 'test' });
  });

  it('rejects environments that the entity does not list', () => {
    const names = namesOf([entity('a', { [ENVIRONMENTS]: 'production' })]);
    expect(names.find(ALL, service('a', { environment: 'prod' }))).toEqual({
      reason: 'environment',
      environment: 'prod',
    });
  });

  it('limits the environments of an entity that lists none', () => {
    const names = namesOf([entity('a')]);
    const find = (environment: string) =>
      names.find(ALL, service('a', { environment }));
    const found = Array.from({ length: 30 }, (_, i) => find(`env-${i}`));
    expect(found.filter(one => 'entityRef' in one)).toHaveLength(20);
    expect(find('no environment')).toMatchObject({ reason: 'environment' });
  });

  it('keeps a token within its scope', () => {
    const of = (owner: string, system: string) => ({
      relations: [
        { type: 'ownedBy', targetRef: `group:default/${owner}` },
        { type: 'partOf', targetRef: `system:default/${system}` },
      ],
    });
    const names = namesOf([
      entity('a', { [NAME]: 'api' }, of('red', 'one')),
      entity('b', { [NAME]: 'api' }, of('blue', 'two')),
      entity('c', {}, of('blue', 'two')),
    ]);
    const find = (name: string, scope: object) =>
      names.find(
        { tokenId: JSON.stringify(scope), scope: normalizeScope(scope) },
        service(name),
      );
    expect(find('api', { owners: ['red'] })).toMatchObject({
      entityRef: 'component:default/a',
    });
    expect(find('api', { systems: ['TWO'] })).toMatchObject({
      entityRef: 'component:default/b',
    });
    expect(find('api', { owners: ['red'], systems: ['two'] })).toEqual({
      reason: 'ambiguous',
    });
    expect(find('c', { owners: ['red'] })).toEqual({ reason: 'out-of-scope' });
  });

  it('prefers an assignment, until the entity is registered again', () => {
    const assignment = {
      name: 'shop',
      namespace: 'retail',
      entityRef: 'component:default/other',
      entityUid: 'uid-other',
    };
    const entities = [entity('shop'), entity('other')];
    const find = (assignments: Assignment[], namespace: string) =>
      namesOf(entities, { assignments }).find(
        ALL,
        service('shop', { namespace }),
      );
    expect(find([assignment], 'retail')).toMatchObject({
      entityRef: 'component:default/other',
    });
    expect(find([assignment], '')).toMatchObject({
      entityRef: 'component:default/shop',
    });
    expect(
      find([{ ...assignment, entityUid: 'before' }], 'retail'),
    ).toMatchObject({
      entityRef: 'component:default/shop',
    });
  });
});

it.each([
  [{}],
  [{ all: true as const, owners: ['a'] }],
  [{ owners: ['not a ref!: /'] }],
])('rejects the scope %j', scope => {
  expect(() => normalizeScope(scope)).toThrow(/scope|not an entity ref/);
});
