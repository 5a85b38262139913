import { render, screen, within } from '@testing-library/react';
import {
  estimateMonthlyCost,
  normalizeOptions,
  trackedService,
  type PricedOptions,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { wrapper } from '../../testUtils/wrapper';
import { CreationCost, CreationReview } from './CreationReview';

const three = {
  name: 'orders',
  owner: 'group:default/payments',
  description: 'Takes orders',
};

const estimate = (answers: object) =>
  estimateMonthlyCost(
    normalizeOptions(trackedService, {
      ...answers,
    }) as unknown as PricedOptions,
  );

const costs = () =>
  within(screen.getByRole('table', { name: 'Rough monthly cost' }))
    .getAllByRole('row')
    .map(row => row.textContent);

describe('CreationReview', () => {
  it('requires three answers and shows what the defaults create and cost', () => {
    render(<CreationReview answers={three} />, { wrapper });
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    const review = screen.getByRole('region', { name: 'What will be created' });
    expect(review).toHaveTextContent('A local git repository "orders"');
    expect(review).toHaveTextContent('group:default/payments as owner');
    expect(review).toHaveTextContent('It starts on this machine at once');
    expect(review).toHaveTextContent('infra/terraform');
    expect(review).toHaveTextContent('eu-central-1a, eu-central-1b');
    expect(review).not.toHaveTextContent('Valkey');
    const { lines, usd, usdAtMaximum, note } = estimate({});
    expect(costs()).toEqual([
      ...lines.map(line => `${line.what}$${line.usd}`),
      `Total per month$${usd}`,
      `At most, with all instances running$${usdAtMaximum}`,
    ]);
    expect(review).toHaveTextContent(note);
  });

  it('updates with the answers', () => {
    const { rerender } = render(<CreationReview answers={three} />, {
      wrapper,
    });
    const everything = {
      ...three,
      iac: 'cdk',
      ci: 'jenkins',
      region: 'us-east-1',
      zones: 3,
      cache: 'valkey',
      clients: 'fargate',
      secrets: 'vault',
      waf: true,
      spot: true,
      snyk: true,
      sonarqube: true,
      loadTest: 'locust',
      monitoring: 'elk',
      publish: 'github',
      repoUrl: 'github.com?owner=acme&repo=orders',
      review: null,
    };
    rerender(<CreationReview answers={everything} />);
    const review = screen.getByRole('region', { name: 'What will be created' });
    for (const text of [
      'A private repository acme/orders on GitHub',
      'infra/cdk',
      'Jenkinsfile',
      'us-east-1a, us-east-1b, us-east-1c',
      'Valkey: two cache nodes',
      'Fargate',
      'your Vault',
      'Spot above the minimum',
      'SNYK_TOKEN',
      'SONAR_TOKEN',
      'Locust',
      'Kibana',
      'cdk diff',
    ]) {
      expect(review).toHaveTextContent(text);
    }
    expect(review).not.toHaveTextContent('on this machine');
    expect(costs()).toContain(`Total per month$${estimate(everything).usd}`);
  });

  it('names answers that cannot be combined', () => {
    render(
      <CreationReview
        answers={{ ...three, minInstances: 8, maxInstances: 4 }}
      />,
      { wrapper },
    );
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Minimum instances: must not exceed the maximum instances',
    );
  });
});

describe('CreationCost', () => {
  it('compares with the defaults of the same region', () => {
    const answers = { ...three, region: 'us-east-1', waf: true };
    const more = estimate(answers).usd - estimate({ region: 'us-east-1' }).usd;
    const { rerender } = render(<CreationCost answers={answers} />, {
      wrapper,
    });
    expect(
      screen.getByText(`$${more} more than the defaults`, { exact: false }),
    ).toBeInTheDocument();
    rerender(<CreationCost answers={three} />);
    expect(
      screen.getByText('same as the defaults', { exact: false }),
    ).toBeInTheDocument();
  });
});
