import type { MonthlyEstimate } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';

const money = (usd: number) => `$${usd.toLocaleString('en-US')}`;

/** The cost of a month in one line, against what the defaults cost. */
export function CostLine(props: {
  estimate: MonthlyEstimate;
  defaults: MonthlyEstimate;
}) {
  const { estimate, defaults } = props;
  const more = estimate.usd - defaults.usd;
  const change = more === 0 ? 'as the defaults' : `${difference(more)}`;
  return (
    <Typography variant="body2" aria-live="polite">
      <Box component="strong" sx={{ fontVariantNumeric: 'tabular-nums' }}>
        Roughly {money(estimate.usd)} a month
      </Box>
      , {change}; at most {money(estimate.usdAtMaximum)} when all instances run.
    </Typography>
  );
}

const difference = (more: number) =>
  more > 0
    ? `${money(more)} more than the defaults`
    : `${money(-more)} less than the defaults`;

/** The cost of a month, line by line. */
export function CostTable(props: { estimate: MonthlyEstimate }) {
  const { estimate } = props;
  const rows = [
    ...estimate.lines.map(line => ({ ...line, total: false })),
    { what: 'Together, a month', usd: estimate.usd, total: true },
    {
      what: 'At most, when all instances run',
      usd: estimate.usdAtMaximum,
      total: true,
    },
  ];
  return (
    <>
      <Table size="small" aria-label="Rough monthly cost">
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
