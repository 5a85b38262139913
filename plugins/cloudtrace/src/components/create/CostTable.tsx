import type { MonthlyEstimate } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { numberLocale } from '../../lib/language';
import { useText, type Text } from '../../state/useText';
import { DataTable } from '../shared/DataTable';

const money = (usd: number) =>
  usd.toLocaleString(numberLocale(), {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 0,
  });

const Amount = styled('strong')({ fontVariantNumeric: 'tabular-nums' });

function comparison(t: Text, more: number): string {
  if (more === 0) return t('create.costSame');
  return more > 0
    ? t('create.costMore', { usd: money(more) })
    : t('create.costLess', { usd: money(-more) });
}

/** The monthly cost in one line, compared with the cost of the defaults. */
export function CostLine(props: {
  estimate: MonthlyEstimate;
  defaults: MonthlyEstimate;
}) {
  const { estimate, defaults } = props;
  const t = useText();
  return (
    <Typography variant="body2" aria-live="polite">
      {t('create.costCompared', {
        about: (
          <Amount>{t('create.costAbout', { usd: money(estimate.usd) })}</Amount>
        ),
        change: comparison(t, estimate.usd - defaults.usd),
        usdAtMaximum: money(estimate.usdAtMaximum),
      })}
    </Typography>
  );
}

/** A cell of a line; totals are bold. */
function Line(props: { total: boolean; children: ReactNode }) {
  const { total, children } = props;
  return total ? <strong>{children}</strong> : <>{children}</>;
}

/** The monthly cost, line by line. */
export function CostTable(props: { estimate: MonthlyEstimate }) {
  const { estimate } = props;
  const t = useText();
  const rows = [
    ...estimate.lines.map(line => ({ ...line, total: false })),
    { what: t('create.costTotal'), usd: estimate.usd, total: true },
    {
      what: t('create.costMaximum'),
      usd: estimate.usdAtMaximum,
      total: true,
    },
  ];
  return (
    <>
      <DataTable
        label={t('create.cost')}
        rows={rows}
        rowKey={({ what }) => what}
        columns={[
          {
            id: 'what',
            title: '',
            wrap: true,
            render: ({ what, total }) => <Line total={total}>{what}</Line>,
          },
          {
            id: 'usd',
            title: '',
            align: 'right',
            render: ({ usd, total }) => <Line total={total}>{money(usd)}</Line>,
          },
        ]}
      />
      <Typography variant="caption" color="textSecondary" component="p">
        {estimate.note}
      </Typography>
    </>
  );
}
