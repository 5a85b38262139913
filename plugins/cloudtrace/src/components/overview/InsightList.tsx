import Typography from '@mui/material/Typography';
import { TAB_PARAMS, type Insight } from '@cloudtrace/plugin-cloudtrace-common';
import CircleIcon from '@mui/icons-material/Circle';
import { styled } from '@mui/material/styles';
import { formatDateTime } from '../../lib/format';
import { Link } from '../../routing';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useJudgementText } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { useViewLink } from '../../state/useViewLink';
import { SEVERITY_COLORS } from '../timeline/eventLook';
import { PlainList } from '../shared/layout/PlainList';
import { LongText } from '../shared/text/LongText';

const ViewLink = styled(Link)(({ theme }) => ({
  color: theme.palette.primary.main,
  // In a sentence, colour alone does not identify a link.
  textDecoration: 'underline',
}));

const Entry = styled('li')(({ theme }) => ({
  display: 'flex',
  alignItems: 'baseline',
  gap: theme.spacing(1),
  paddingTop: theme.spacing(0.5),
  paddingBottom: theme.spacing(0.5),
}));

/** The insights in sentences, worst first, each with a link to the view that shows it. */
export function InsightList(props: { insights: Insight[] }) {
  const { insights } = props;
  const t = useText();
  const word = useJudgementText();
  const { tab } = useCloudtrace();
  const linkTo = useViewLink();
  const paramsOf = ({ kind, subject }: Insight) =>
    kind === 'failover' ? { [TAB_PARAMS.failover]: subject } : undefined;
  if (insights.length === 0) {
    return (
      <Typography variant="body2" color="text.secondary">
        {t('overview.nothing')}
      </Typography>
    );
  }
  return (
    <PlainList>
      {insights.map((insight, i) => (
        <Entry key={`${insight.kind}/${insight.subject}/${i}`}>
          <CircleIcon
            aria-hidden
            sx={{ fontSize: 9, color: SEVERITY_COLORS[insight.severity] }}
          />
          <LongText>
            {word(insight)}
            {insight.at && (
              <Typography
                component="span"
                variant="caption"
                color="text.secondary"
              >
                {' '}
                {formatDateTime(Date.parse(insight.at), tab.timeZone)}
              </Typography>
            )}{' '}
            {insight.view && (
              <ViewLink
                to={linkTo(insight.view, paramsOf(insight))}
                aria-label={`${t('overview.openView')}: ${word(insight)}`}
              >
                {t('overview.openView')}
              </ViewLink>
            )}
          </LongText>
        </Entry>
      ))}
    </PlainList>
  );
}
