import { createTheme, ThemeProvider } from '@mui/material/styles';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { TestApis } from '../../testUtils/TestApis';
import { FindingResult, ServiceResult } from '.';

const theme = createTheme();

const shared = {
  authorization: { resourceRef: 'component:default/shop' },
  entityRef: 'component:default/shop',
  asOfMs: Date.parse('2026-05-04T10:00:00Z'),
};
const highlight = { preTag: '<x>', postTag: '</x>', fields: {} };

function show(Item: typeof ServiceResult, result: object, fields = {}) {
  render(
    <TestApis>
      <ThemeProvider theme={theme}>
        <MemoryRouter>
          <Item result={result as any} highlight={{ ...highlight, fields }} />
        </MemoryRouter>
      </ThemeProvider>
    </TestApis>,
  );
}

it('shows a service with its state, the time of it and a link', () => {
  show(
    ServiceResult,
    {
      ...shared,
      title: 'shop',
      text: 'Health unknown.',
      location: '/catalog/default/component/shop/cloudtrace',
      environment: 'production',
      severity: 'no-data',
    },
    { text: 'Health <x>unknown</x>.' },
  );
  expect(screen.getByRole('link', { name: 'shop' })).toHaveAttribute(
    'href',
    '/catalog/default/component/shop/cloudtrace',
  );
  expect(screen.getByText('no data')).toBeInTheDocument();
  expect(screen.getByText('unknown').tagName).toBe('MARK');
  expect(screen.getByText(/^As of /)).toBeInTheDocument();
});

it('shows the title of a finding as text', () => {
  show(FindingResult, {
    ...shared,
    title: '<img src=x> runs code',
    text: 'CVE-2021-44228',
    location: '/catalog/default/component/shop/cloudtrace/security-scans',
    severity: 'high',
    findingId: '1',
    cves: 'CVE-2021-44228',
  });
  expect(
    screen.getByRole('link', { name: '<img src=x> runs code' }),
  ).toHaveAttribute('href', expect.stringMatching(/security-scans$/));
  expect(screen.getByText('high')).toBeInTheDocument();
});
