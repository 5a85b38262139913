// In place of the packages that package.json names in `jest.moduleNameMapper`:
// clients of clouds and caches that the test utilities of Backstage load for
// every test file, and that no test here calls.
export {};
