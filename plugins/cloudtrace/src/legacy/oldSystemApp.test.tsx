import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { alertApiRef, createApiFactory } from '@backstage/core-plugin-api';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  catalogPlugin,
  EntityLayout,
} from '@backstage/plugin-catalog';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route } from 'react-router-dom';
import { createDemoApi } from '../../dev/DemoCloudtraceApi';
import { demoEntity } from '../testUtils/demoEntity';
import {
  CloudtraceCreationReviewField,
  CloudtracePage,
  cloudtraceApiRef,
  CloudtraceServiceNameField,
  EntityCloudtraceContent,
  EntityCloudtraceSecurityCard,
  EntityCloudtraceSummaryCard,
  isCloudtraceAvailable,
} from '.';

const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <>
        <EntityCloudtraceSummaryCard />
        <EntityCloudtraceSecurityCard />
      </>
    </EntityLayout.Route>
    <EntityLayout.Route
      path="/cloudtrace"
      title="CloudTrace"
      if={isCloudtraceAvailable}
    >
      <EntityCloudtraceContent />
    </EntityLayout.Route>
  </EntityLayout>
);

const formFields = (
  <ScaffolderFieldExtensions>
    <CloudtraceServiceNameField />
    <CloudtraceCreationReviewField />
  </ScaffolderFieldExtensions>
);

function FieldNames() {
  const fields = useCustomFieldExtensions<{ name: string }>(formFields);
  return <p>{fields.map(({ name }) => name).join(', ')}</p>;
}

const post = jest.fn();

/** An app as `create-app --legacy` makes it, as far as CloudTrace has a part in it. */
function openApp(path: string, basePath = '') {
  window.history.pushState({}, '', `${basePath}${path}`);
  const app = createApp({
    plugins: [catalogPlugin],
    apis: [
      createApiFactory(cloudtraceApiRef, {
        ...createDemoApi(),
        exportFindings: async () => {
          throw new Error('the disk is full');
        },
      }),
      createApiFactory(alertApiRef, {
        post,
        alert$: () => ({ subscribe: () => ({ unsubscribe() {} }) } as any),
      }),
      createApiFactory(
        catalogApiRef,
        catalogApiMock({ entities: [demoEntity] }),
      ),
    ],
    configLoader: async () => [
      {
        context: 'test',
        data: {
          app: { title: 'Portal', baseUrl: `http://localhost${basePath}` },
          backend: { baseUrl: 'http://localhost' },
        },
      },
    ],
  });
  const App = app.createRoot(
    <AppRouter>
      <FlatRoutes>
        <Route path="/catalog" element={<CatalogIndexPage />} />
        <Route
          path="/catalog/:namespace/:kind/:name"
          element={<CatalogEntityPage />}
        >
          {entityPage}
        </Route>
        <Route path="/cloudtrace" element={<CloudtracePage />} />
        <Route path="/fields" element={<FieldNames />} />
      </FlatRoutes>
    </AppRouter>,
  );
  render(<App />);
}

const ENTITY = '/catalog/default/component/demo-service';

describe.each(['', '/portal', '/catalog'])(
  'an app on the old frontend system at "%s/"',
  basePath => {
    it('shows the tab, whose links open its views', async () => {
      openApp(`${ENTITY}/cloudtrace?env=demo&tz=utc`, basePath);
      expect(await screen.findByText('What stands out')).toBeInTheDocument();
      expect(window.location.pathname).toBe(
        `${basePath}${ENTITY}/cloudtrace/overview`,
      );
      const link = within(
        screen.getByRole('navigation', { name: 'CloudTrace views' }),
      ).getByRole('link', { name: 'Requests' });
      expect(link).toHaveAttribute(
        'href',
        `${basePath}${ENTITY}/cloudtrace/requests?env=demo&tz=utc`,
      );
      await userEvent.click(link);
      expect(
        await screen.findByRole('table', {
          name: 'Individual requests, newest first',
        }),
      ).toBeInTheDocument();
      expect(window.location.pathname).toBe(
        `${basePath}${ENTITY}/cloudtrace/requests`,
      );
    });

    it('opens the first view in place of an unknown one', async () => {
      openApp(`${ENTITY}/cloudtrace/no-such-view`, basePath);
      expect(await screen.findByText('What stands out')).toBeInTheDocument();
      expect(window.location.pathname).toBe(
        `${basePath}${ENTITY}/cloudtrace/overview`,
      );
    });

    it('shows the cards, with links into the tab', async () => {
      openApp(ENTITY, basePath);
      const links = [
        await screen.findByRole('link', { name: 'Open CloudTrace' }),
        await screen.findByRole('link', { name: 'View all findings' }),
      ];
      expect(links.map(link => link.getAttribute('href'))).toEqual([
        `${basePath}${ENTITY}/cloudtrace`,
        `${basePath}${ENTITY}/cloudtrace/security-scans`,
      ]);
      await userEvent.click(links[1]);
      expect(
        await screen.findByRole('navigation', { name: 'CloudTrace views' }),
      ).toBeInTheDocument();
    });

    it('shows the page of all services, with links to their tabs', async () => {
      openApp('/cloudtrace?env=demo', basePath);
      const link = await screen.findByRole('link', { name: 'demo-service' });
      expect(link).toHaveAttribute(
        'href',
        `${basePath}${ENTITY}/cloudtrace?env=demo`,
      );
    });
  },
);

describe('a view on the old frontend system', () => {
  it('shows an error as an alert', async () => {
    openApp(`${ENTITY}/cloudtrace/security-scans?env=demo`);
    await userEvent.click(await screen.findByRole('button', { name: /CSV/ }));
    await waitFor(() =>
      expect(post).toHaveBeenCalledWith(
        expect.objectContaining({
          message: 'The export failed: the disk is full',
          severity: 'error',
        }),
      ),
    );
  });
});

describe('the form of the template on the old frontend system', () => {
  it('knows the fields of the template', async () => {
    openApp('/fields');
    expect(
      await screen.findByText(
        'CloudtraceServiceName, CloudtraceCreationReview',
      ),
    ).toBeInTheDocument();
  });
});
