import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { warnOfMissingModules } from './warnOfMissingModules';

describe('warnOfMissingModules', () => {
  const rootConfig = new ConfigReader({
    cloudtrace: { snyk: { token: 't' }, sonarqube: { instances: [] } },
  });

  it('warns of sources that are configured but not installed', () => {
    const logger = mockServices.logger.mock();
    warnOfMissingModules({ rootConfig, logger, installed: [{ id: 'snyk' }] });
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(
        "import('@cloudtrace/plugin-cloudtrace-backend-module-sonarqube')",
      ),
    );
  });

  it('does not warn without the configuration', () => {
    const logger = mockServices.logger.mock();
    warnOfMissingModules({
      rootConfig: new ConfigReader({}),
      logger,
      installed: [],
    });
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
