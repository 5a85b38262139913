import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import {
  isInformation,
  type DiagnosticsSource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { ReactNode } from 'react';
import { formatDateTime, formatExact } from '../../lib/format';
import { formatUnit } from '../../lib/formatUnit';
import { safeHref } from '../../lib/safeHref';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSaid } from '../../state/useJudgementText';
import { useResourceType } from '../../state/useProviderWords';
import { useText } from '../../state/useText';
import { Facts } from '../shared/Facts';
import { PartAges } from '../shared/PartAges';
import { Surface } from '../shared/layout/Surface';
import { Row } from '../shared/layout/Row';
import { BulletList } from '../shared/layout/BulletList';
import { LongText } from '../shared/text/LongText';
import { Banner } from '../shared/Banner';

const STATUS_COLORS = {
  ok: 'success',
  waiting: 'info',
  stale: 'warning',
  problem: 'error',
  off: 'default',
} as const;

const Title = styled(Typography)({
  fontSize: 15,
  fontWeight: 600,
  flexGrow: 1,
}) as typeof Typography;

/** UCUM's unit of plain numbers is not shown. */
function withUnit(value: number, unit: string): string {
  return unit === '1' ? formatExact(value) : formatUnit(value, unit);
}

/** One data source: what it received, when it last worked, and what to do. */
export function SourceCard(props: { source: DiagnosticsSource }) {
  const { source } = props;
  const t = useText();
  const said = useSaid();
  const typeOf = useResourceType();
  const { tab } = useCloudtrace();
  const message = said(source, 'message');
  const isProblem = source.problems.some(
    problem => said(problem, 'message') === message,
  );
  const time = (value?: string) =>
    value
      ? formatDateTime(Date.parse(value), tab.timeZone)
      : t('diagnostics.never');
  const facts: Array<[string, ReactNode]> = [
    [t('diagnostics.lastSuccess'), time(source.lastSuccessAt)],
    ...(source.lastErrorAt
      ? [
          [t('diagnostics.lastError'), time(source.lastErrorAt)] as [
            string,
            ReactNode,
          ],
        ]
      : []),
    ...(source.tokens
      ? [
          [
            t('diagnostics.tokens'),
            t('diagnostics.tokenCounts', {
              live: String(source.tokens.live),
              expired: String(source.tokens.expired),
              revoked: String(source.tokens.revoked),
              entityReplaced: String(source.tokens.entityReplaced),
              unpeppered: String(source.tokens.unpeppered),
            }),
          ] as [string, ReactNode],
        ]
      : []),
    ...source.figures.map(
      figure =>
        [said(figure, 'label'), withUnit(figure.value, figure.unit)] as [
          string,
          ReactNode,
        ],
    ),
  ];
  return (
    <Surface
      component="section"
      aria-label={said(source, 'title')}
      gap={1.5}
      // Scan categories and resource names may be long words.
      style={{ overflowWrap: 'break-word' }}
    >
      <Row>
        <Title variant="subtitle2" component="h3">
          {said(source, 'title')}
        </Title>
        <Chip
          size="small"
          color={STATUS_COLORS[source.status]}
          label={t(`diagnostics.status.${source.status}`)}
        />
      </Row>
      {message && !isProblem && (
        <Typography variant="body2">{message}</Typography>
      )}
      {source.problems.map((problem, i) => (
        <Banner
          key={`${problem.code}/${i}`}
          status={isInformation(problem) ? 'info' : 'warning'}
        >
          {said(problem, 'message')}
          {problem.missingPermission && (
            <Box>
              {t('diagnostics.missingPermission')}{' '}
              <code>{problem.missingPermission}</code>
            </Box>
          )}
          {problem.nextStep && (
            <Box>
              {t('diagnostics.nextStep')} {said(problem, 'nextStep')}
            </Box>
          )}
        </Banner>
      ))}
      <Facts items={facts} />
      {source.resources.length > 0 && (
        <Box>
          <Typography variant="caption" color="text.secondary">
            {t('diagnostics.resources')}
          </Typography>
          <BulletList>
            {source.resources.map(resource => {
              const href = safeHref(resource.consoleUrl);
              return (
                <LongText component="li" key={resource.id}>
                  <strong>{resource.name}</strong> ({typeOf(resource.type)}) –{' '}
                  {t(`diagnostics.foundBy.${resource.foundBy}`)}:{' '}
                  {said(resource, 'foundThrough')}
                  {href && (
                    <>
                      {' · '}
                      <Link
                        href={href}
                        target="_blank"
                        rel="noopener noreferrer"
                      >
                        {t('diagnostics.console')}
                      </Link>
                    </>
                  )}
                  <PartAges parts={resource.parts ?? []} />
                </LongText>
              );
            })}
          </BulletList>
        </Box>
      )}
    </Surface>
  );
}
