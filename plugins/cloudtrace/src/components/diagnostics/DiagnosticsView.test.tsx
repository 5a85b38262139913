import { screen } from '@testing-library/react';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderView } from '../../testUtils/renderView';
import { DiagnosticsView } from './DiagnosticsView';

describe('Diagnostics', () => {
  it('shows its data', async () => {
    renderView(<DiagnosticsView />, '/diagnostics');
    // A chart repeats its title for screen readers.
    const [found] = await screen.findAllByText('How to send requests');
    expect(found).toBeInTheDocument();
  });

  it.each([
    ['not-measured', 'info'],
    ['access-denied', 'warning'],
  ])('shows a problem of the class %s as %s', async (code, status) => {
    const demo = createDemoApi();
    renderView(<DiagnosticsView />, '/diagnostics', {
      api: {
        getDiagnostics: async (...query) => {
          const { sources, ...rest } = await demo.getDiagnostics(...query);
          const [{ message: _, ...source }] = sources;
          const problems = [{ code, message: 'Something is missing' }];
          return { ...rest, sources: [{ ...source, problems }] };
        },
      },
    });
    const text = await screen.findByText('Something is missing');
    expect(text.closest('[role="alert"]')).toHaveAttribute(
      'data-status',
      status,
    );
  });
});
