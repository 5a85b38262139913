import { screen } from '@testing-library/react';
import { createDemoApi } from '../dev/DemoCloudtraceApi';
import { setLanguage } from './lib/language';
import { renderTab } from './testUtils/renderTab';

const demoApi = createDemoApi();

const german = [
  {
    'api:app/app-language': {
      config: { availableLanguages: ['en', 'de'], defaultLanguage: 'de' },
    },
  },
];

describe('the tab in German', () => {
  afterEach(() => setLanguage('en'));

  it('translates the tab and the names of its views', async () => {
    renderTab('/health-checks?live=off&tz=utc', { extensions: german });
    expect(
      await screen.findByRole('link', { name: /Lastverteilung/ }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', {
        name: 'Zustand jedes Targets im Zeitverlauf',
      }),
    ).toBeInTheDocument();
  });

  it('formats numbers in German, including those from the backend', async () => {
    renderTab('/overview?live=off&tz=utc', {
      extensions: german,
      api: {
        getOverview: async (ref, query) => ({
          ...(await demoApi.getOverview(ref, query)),
          status: {
            severity: 'warning',
            reasons: [
              {
                code: 'recent-errors',
                severity: 'warning',
                values: { errorRate: 0.025 },
                text: '2.5 % of the requests in the last 15 minutes failed',
              },
            ],
          },
        }),
      },
    });
    expect(
      await screen.findByText(
        /2,5 % der Requests der letzten 15 Minuten sind fehlgeschlagen/,
      ),
    ).toBeInTheDocument();
  });
});
