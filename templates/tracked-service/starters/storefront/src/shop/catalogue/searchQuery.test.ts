import { expect, it } from 'vitest';
import { searchQuery } from './searchQuery.js';

it('requires every word, also as a beginning', () => {
  expect(searchQuery('Blue mug')).toBe('blue:* & mug:*');
});

it('drops the operators of the query language', () => {
  expect(searchQuery(`mug' | !(a & b):*\\`)).toBe('mug:* & a:* & b:*');
});

it('finds no word in punctuation', () => {
  expect(searchQuery(' -- !')).toBeUndefined();
});
