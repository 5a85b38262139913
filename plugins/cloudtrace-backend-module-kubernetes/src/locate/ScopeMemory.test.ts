import { component, scopeOf } from '../testUtils/createTestProvider';
import { deployment } from '../testUtils/objects';
import { ScopeMemory } from './ScopeMemory';

const HOUR_MS = 3_600_000;
const orders = component('orders');
const appeared = [{ after: deployment('orders') }];

it('knows the primary environment when a refresh asks for another one', () => {
  const memory = new ScopeMemory();
  const staging = scopeOf(orders, 'staging');
  memory.remember([scopeOf(orders, 'default'), staging], 0);
  expect(memory.remember([staging], 1)).toMatchObject([{ isPrimary: false }]);
});

it('forgets scopes that nobody asks for any more', () => {
  const memory = new ScopeMemory();
  memory.remember([scopeOf(orders, 'default'), scopeOf(orders, 'test')], 0);
  memory.remember([scopeOf(orders, 'test')], HOUR_MS);
  expect(
    memory.affectedBy(appeared, HOUR_MS).map(({ environment }) => environment),
  ).toEqual(['test']);
  expect(memory.remember([scopeOf(orders, 'test')], HOUR_MS)).toMatchObject([
    { isPrimary: true },
  ]);
});

it('names all scopes with annotations after many changes', () => {
  const memory = new ScopeMemory();
  memory.remember([scopeOf(orders), scopeOf(component('plain', {}))], 0);
  const many = Array.from({ length: 51 }, (_, i) => ({
    after: deployment(`other-${i}`),
  }));
  expect(memory.affectedBy(many.slice(1), 0)).toEqual([]);
  expect(memory.affectedBy(many, 0)).toMatchObject([
    { entityRef: 'component:default/orders' },
  ]);
});
