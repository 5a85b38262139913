import { configApiRef } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { TestApis } from '../testUtils/TestApis';
import { Link } from './Link';

describe('Link', () => {
  it.each([
    ['http://localhost:3000', '/catalog', '/catalog'],
    ['https://example.com/portal', '/catalog', '/portal/catalog'],
    ['https://example.com/catalog', '/catalog/x', '/catalog/catalog/x'],
  ])(
    'has the base path once in an app at %s without a history of its own',
    (baseUrl, to, href) => {
      const config = mockApis.config({ data: { app: { baseUrl } } });
      const basename = new URL(baseUrl).pathname;
      render(
        <TestApis apis={[[configApiRef, config]]}>
          <MemoryRouter basename={basename} initialEntries={[basename]}>
            <Link to={to}>services</Link>
          </MemoryRouter>
        </TestApis>,
      );
      expect(screen.getByRole('link')).toHaveAttribute('href', href);
    },
  );
});
