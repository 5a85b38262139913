import type { MonthlyEstimate } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import { numberLocale } from '../../lib/language';
import { useText, type Text } from '../../state/useText';

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
      <Table size="small" aria-label={t('create.cost')}>
        <TableBody>
          {rows.map(({ what, usd, total }) => (
            <TableRow key={what}>
              <TableCell sx={{ pl: 0, fontWeight: total ? 600 : undefined }}>
                {what}
              </TableCell>
              <TableCell
                align="right"
                sx={{
                  pr: 0,
                  whiteSpace: 'nowrap',
                  fontVariantNumeric: 'tabular-nums',
                  fontWeight: total ? 600 : undefined,
                }}
              >
                {money(usd)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="caption" color="textSecondary" component="p">
        {estimate.note}
      </Typography>
    </>
  );
}
