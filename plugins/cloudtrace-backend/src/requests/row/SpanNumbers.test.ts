import { NUMBER, SpanNumbers } from './SpanNumbers';

const { httpStatus } = NUMBER;

describe('SpanNumbers', () => {
  it.each([
    [0, 0],
    [1, 1],
    [404.9, 404],
    [999, 999],
    [1000, 0],
    [-5, 0],
    [NaN, 0],
  ])('reads a status of %d as %d', (value, stored) => {
    const numbers = new SpanNumbers();
    numbers.set(httpStatus, 1, value);
    expect(numbers.get(httpStatus)).toBe(stored);
  });

  it('prefers the newer attribute, whatever the order', () => {
    const numbers = new SpanNumbers();
    numbers.set(httpStatus, 2, 404);
    numbers.set(httpStatus, 1, 200);
    expect(numbers.get(httpStatus)).toBe(404);
    numbers.clear();
    numbers.set(httpStatus, 1, 200);
    numbers.set(httpStatus, 2, 404);
    expect(numbers.get(httpStatus)).toBe(404);
  });

  it('keeps an older attribute if the newer one is invalid', () => {
    const numbers = new SpanNumbers();
    numbers.set(httpStatus, 1, 200);
    numbers.set(httpStatus, 2, 70_000);
    expect(numbers.get(httpStatus)).toBe(200);
  });

  it('forgets the previous span', () => {
    const numbers = new SpanNumbers();
    numbers.set(httpStatus, 2, 404);
    numbers.clear();
    expect(numbers.get(httpStatus)).toBe(0);
  });
});
