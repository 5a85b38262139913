import { parseSelector } from './parseSelector';

const labels = { app: 'orders', tier: 'web', 'shop.io/team': 'a' };

it.each([
  ['app=orders', true],
  ['app==orders', true],
  ['app = orders', true],
  ['app!=orders', false],
  ['app=orders,tier=web', true],
  ['app=orders,tier=api', false],
  ['app in (orders, billing)', true],
  ['app in (billing)', false],
  ['app notin (billing),tier in (web)', true],
  ['missing notin (x)', true],
  ['app', true],
  ['!app', false],
  ['!missing', true],
  ['shop.io/team=a', true],
  ['missing!=x', true],
  ['toString', false],
])('%s: %s', (selector, expected) => {
  expect(parseSelector(selector)?.(labels)).toBe(expected);
});

it.each([
  '',
  ',',
  'app=orders,',
  'app in orders',
  'app in (a',
  'a b',
  '=x',
  'app=two words',
  '../secrets',
  `app=${'x'.repeat(64)}`,
  'x'.repeat(10_000),
  'a,'.repeat(5_000),
])('rejects %j', selector => {
  expect(parseSelector(selector)).toBeUndefined();
});
