import { wordTexts } from '@cloudtrace/plugin-cloudtrace-common';
import { screen } from '@testing-library/react';
import { createDemoApi } from '../dev/DemoCloudtraceApi';
import { setLanguage } from './lib/language';
import { loadOfKinds } from './testUtils/loadOfKinds';
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

  it('translates the problems, metrics and alarms of a provider, and quotes its own words', async () => {
    renderTab('/scaling-history?live=off&tz=utc', {
      extensions: german,
      api: {
        async getScaling(...query) {
          const scaling = await demoApi.getScaling(...query);
          const [group] = scaling.groups;
          const [policy] = group.policies!;
          const alarm = {
            name: 'cpu-high',
            state: 'alarm' as const,
            resourceId: group.resource.id,
          };
          return {
            ...scaling,
            groups: [
              {
                ...group,
                policies: [
                  {
                    ...policy,
                    kind: 'predictive',
                    targetValue: 50,
                    unit: '%',
                    ...wordTexts({
                      metricName: { code: 'metric-cpu', values: {} },
                    }),
                  },
                ],
              },
            ],
            notices: [
              {
                code: 'not-found',
                ...wordTexts({
                  message: {
                    code: 'aws-gone-database',
                    values: { name: 'orders' },
                  },
                  nextStep: { code: 'aws-gone-next', values: {} },
                }),
              },
              { code: 'custom', message: 'Worded by another provider' },
              {
                code: 'newer',
                message: 'English of a newer backend',
                coded: { message: { code: 'code-of-tomorrow', values: {} } },
              },
            ],
            alarms: [
              {
                ...alarm,
                ...wordTexts({
                  reason: {
                    code: 'alarm-no-data',
                    values: { metric: { code: 'metric-cpu', values: {} } },
                  },
                }),
              },
              { ...alarm, name: 'aws', reason: 'Threshold Crossed' },
            ],
          };
        },
      },
    });
    expect(
      await screen.findByText(/Die Datenbank „orders“ existiert nicht mehr/),
    ).toHaveTextContent(/Nächster Schritt: Entfernen oder korrigieren/);
    expect(screen.getByText('Worded by another provider')).toBeInTheDocument();
    expect(screen.getByText('English of a newer backend')).toBeInTheDocument();
    expect(
      screen.getByText(/Predictive Scaling.*hält CPU-Auslastung bei 50/),
    ).toBeInTheDocument();
    expect(screen.getByText('CPU-Auslastung: keine Daten')).toBeInTheDocument();
    const quote = screen.getByText('Threshold Crossed');
    expect(quote.tagName).toBe('Q');
    expect(quote).toHaveAttribute('lang', 'en');
  });

  it('translates events and rejected scans, and quotes a provider', async () => {
    const at = new Date().toISOString();
    const event = {
      at,
      kind: 'database' as const,
      severity: 'warning' as const,
      title: 'db',
      subject: 'db',
    };
    const silent = {
      code: 'local-primary-silent' as const,
      values: { zone: 'zone-a' },
    };
    const rejected = {
      code: 'scan-send-output' as const,
      values: {
        problem: {
          code: 'scan-not-a-list' as const,
          values: { path: { code: 'scan-document' as const, values: {} } },
        },
        command: 'grype --output json',
      },
    };
    renderTab('/timeline?live=off&tz=utc', {
      extensions: german,
      api: {
        getTimeline: async (...query) => ({
          ...(await demoApi.getTimeline(...query)),
          items: [
            { ...event, id: '1', ...wordTexts({ detail: silent }) },
            { ...event, id: '2', detail: 'Multi-AZ instance failover started' },
            {
              ...event,
              id: '3',
              kind: 'scan' as const,
              ...wordTexts({ detail: rejected }),
            },
          ],
        }),
      },
    });
    expect(
      await screen.findByText(/Der Primary in zone-a antwortet nicht/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /das Dokument muss eine Liste sein: Senden Sie die Ausgabe von grype/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Multi-AZ instance failover started').tagName).toBe(
      'Q',
    );
  });

  it('judges requests and messages on their own', async () => {
    renderTab('/load-distribution?live=off&tz=utc', {
      extensions: german,
      api: {
        getLoadDistribution: async (...query) =>
          loadOfKinds(await demoApi.getLoadDistribution(...query)),
      },
    });
    const title = await screen.findByRole('heading', {
      name: 'Ist die Last gleichmäßig verteilt?',
    });
    const card = title.closest('section')!;
    expect(
      [...card.querySelectorAll('h4, [class*="MuiChip-label"]')].map(
        item => item.textContent,
      ),
    ).toEqual(['Requests', 'Gleichmäßig', 'Nachrichten', 'Ungleichmäßig']);
    expect(card).toHaveTextContent(/erhielt 80.% der Nachrichten/);
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
