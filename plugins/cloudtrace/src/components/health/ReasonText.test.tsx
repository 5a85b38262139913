import { screen } from '@testing-library/react';
import { renderView } from '../../testUtils/renderView';
import { ReasonText } from './ReasonText';

describe('ReasonText', () => {
  it.each([
    ['api: exit code 1', 'Pod.CrashLoopBackOff'],
    ['Health checks failed', 'Pod.CrashLoopBackOff · Health checks failed'],
  ])(
    'adds the text "%s" only if the summary lacks it',
    async (vendorText, original) => {
      renderView(
        <ReasonText
          reason={{
            summary: 'A container crashes again and again: api: exit code 1',
            code: 'Pod.CrashLoopBackOff',
            vendorText,
          }}
        />,
        '/health-checks',
      );
      expect(await screen.findByText(original)).toBeInTheDocument();
    },
  );
});
