import { mockServices } from '@backstage/backend-test-utils';
import { boundListener } from './boundListener';

describe('boundListener', () => {
  const logger = mockServices.logger.mock();

  it.each([
    ['never answers', () => new Promise<void>(() => {}), /takes longer than/],
    ['fails', () => Promise.reject(new Error('down')), /Could not notify/],
  ])('lets the import respond if the listener %s', async (_, work, warning) => {
    logger.warn.mockClear();
    const listener = boundListener({ onImported: work }, logger, 10);
    await listener.onImported('component:default/shop', []);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn.mock.calls[0][0]).toMatch(warning);
  });
});
