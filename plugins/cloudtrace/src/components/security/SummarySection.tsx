import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { styled, useTheme } from '@mui/material/styles';
import type { FindingSummary } from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime, formatExact } from '../../lib/format';
import { safeHref } from '../../lib/safeHref';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { ChartCard } from '../charts/ChartCard';
import { TimeSeriesChart } from '../charts/TimeSeriesChart';
import { TimeSeriesTable } from '../charts/TimeSeriesTable';
import { Figure, FigureRow } from '../shared/Figure';
import { Panel } from '../shared/Panel';
import { SEVERITIES, severityColor } from './severityColors';
import { Row } from '../shared/layout/Row';

const GATE_COLORS = {
  passed: 'success',
  failed: 'error',
  unknown: 'default',
} as const;

const Count = styled('span')({ fontSize: 18 });

function QualityGates(props: { gates: FindingSummary['qualityGates'] }) {
  const t = useText();
  return (
    <Panel title={t('security.gates')}>
      {props.gates.map(gate => {
        const href = safeHref(gate.url);
        const name = [gate.tool, gate.projectKey].filter(Boolean).join(' · ');
        return (
          <Row key={`${gate.tool}/${gate.projectKey}`} wrap>
            {href ? (
              <Link href={href} target="_blank" rel="noopener noreferrer">
                {name}
              </Link>
            ) : (
              name
            )}
            <Chip
              size="small"
              color={GATE_COLORS[gate.status]}
              label={t(`security.gateStatus.${gate.status}`)}
            />
            {gate.measures.map(measure => (
              <Typography key={measure.name} variant="body2">
                {measure.name}:{' '}
                <strong>{measure.rating ?? measure.value}</strong>
              </Typography>
            ))}
          </Row>
        );
      })}
    </Panel>
  );
}

/** Counts by severity, their trend, and the changes in the last scan. */
export function SummarySection(props: { data: FindingSummary }) {
  const { data } = props;
  const t = useText();
  const { mode } = useTheme().palette;
  const { tab } = useCloudtrace();
  const timesMs = data.trend.map(point => Date.parse(point.t));
  const series = SEVERITIES.map(severity => ({
    key: severity,
    label: t(`security.severities.${severity}`),
    color: severityColor(severity, mode),
    values: data.trend.map(point => point.open[severity]),
    step: true,
  }));
  const title = t('security.trend');
  return (
    <>
      <FigureRow>
        {SEVERITIES.slice(0, 4).map(severity => (
          <Figure
            key={severity}
            label={t('security.openFindings', {
              severity: t(`security.severities.${severity}`),
            })}
            value={formatExact(data.open?.[severity])}
            tone={
              severity === 'critical' && (data.open?.critical ?? 0) > 0
                ? 'bad'
                : 'normal'
            }
          />
        ))}
        <Figure
          label={t('security.sinceLast')}
          value={
            <Count>
              {t('security.sinceLastValue', {
                added: formatExact(data.newSinceLastScan),
                fixed: formatExact(data.fixedSinceLastScan),
              })}
            </Count>
          }
          detail={[
            t('security.triaged', {
              accepted: formatExact(data.acceptedCount),
              wrong: formatExact(data.falsePositiveCount),
            }),
            data.asOf &&
              t('security.lastScan', {
                time: formatDateTime(Date.parse(data.asOf), tab.timeZone),
              }),
          ]
            .filter(Boolean)
            .join(' · ')}
        />
      </FigureRow>
      {data.qualityGates.length > 0 && (
        <QualityGates gates={data.qualityGates} />
      )}
      <ChartCard
        id="findings"
        title={title}
        chart={
          <TimeSeriesChart
            title={title}
            domain={{
              fromMs: Date.parse(data.from),
              toMs: Date.parse(data.to),
            }}
            timesMs={timesMs}
            series={series}
            format={formatExact}
            height={180}
            stacked
            whole
          />
        }
        table={
          <TimeSeriesTable
            title={title}
            timesMs={timesMs}
            series={series}
            format={formatExact}
          />
        }
      />
    </>
  );
}
