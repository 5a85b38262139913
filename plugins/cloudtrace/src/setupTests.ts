import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// jsdom is slow, above all beside other tests: what a test waits for may take its time.
jest.setTimeout(180_000);
configure({ asyncUtilTimeout: 60_000 });

// jsdom lays nothing out; charts need a size to draw anything.
class ResizeObserverStub {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Object.assign(globalThis, {
  ResizeObserver: globalThis.ResizeObserver ?? ResizeObserverStub,
});
