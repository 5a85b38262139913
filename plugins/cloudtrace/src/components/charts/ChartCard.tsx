import BarChartIcon from '@mui/icons-material/BarChart';
import TableRowsIcon from '@mui/icons-material/TableRows';
import IconButton from '@mui/material/IconButton';
import Paper from '@mui/material/Paper';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { Row } from '../shared/layout/Row';
import { Heading } from '../shared/text/Heading';

const TABLE_PARAM = 'table';

const Card = styled(Paper)(({ theme }) => ({
  padding: theme.spacing(2),
  minWidth: 0,
  display: 'flex',
  flexDirection: 'column',
})) as typeof Paper;

const Titles = styled('div')({ flex: '1 1 180px', minWidth: 0 });

/**
 * A chart with its title and an equivalent table. The URL stores which of the
 * two is shown.
 */
export function ChartCard(props: {
  /** Identifies the chart in the URL. */
  id: string;
  /** Quantity and unit. */
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  chart: ReactNode;
  table?: ReactNode;
}) {
  const { id, title, subtitle, actions, chart, table } = props;
  const t = useText();
  const [params, setParams] = useViewParams();
  const open = params.getAll(TABLE_PARAM);
  const asTable = Boolean(table) && open.includes(id);
  const label = asTable ? t('chart.showChart') : t('chart.showTable');
  const toggle = () =>
    setParams(
      {
        [TABLE_PARAM]: asTable
          ? open.filter(item => item !== id)
          : [...open, id],
      },
      { replace: true },
    );
  return (
    <Card component="section" variant="outlined" aria-label={title}>
      <Row mb={1} align="flex-start" wrap>
        <Titles>
          <Heading component="h3">{title}</Heading>
          {subtitle && (
            <Typography variant="body2" color="text.secondary">
              {subtitle}
            </Typography>
          )}
        </Titles>
        {actions}
        {table && (
          <Tooltip title={label}>
            <IconButton
              size="small"
              aria-label={`${label}: ${title}`}
              aria-pressed={asTable}
              onClick={toggle}
            >
              {asTable ? (
                <BarChartIcon fontSize="small" />
              ) : (
                <TableRowsIcon fontSize="small" />
              )}
            </IconButton>
          </Tooltip>
        )}
      </Row>
      {asTable ? table : chart}
    </Card>
  );
}
