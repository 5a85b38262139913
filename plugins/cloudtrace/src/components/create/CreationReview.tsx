import {
  describeCreation,
  estimateMonthlyCost,
  findTrackedServiceProblems,
  normalizeOptions,
  trackedService,
  type PricedOptions,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useText } from '../../state/useText';
import { CostLine, CostTable } from './CostTable';
import { Tiles } from '../shared/layout/Tiles';
import { Surface } from '../shared/layout/Surface';
import { Banner } from '../shared/Banner';

const pricesOf = (answers: Record<string, unknown>) =>
  // Every option with a price has a default, so all of them are set after this.
  estimateMonthlyCost(
    normalizeOptions(trackedService, answers) as unknown as PricedOptions,
  );

/** Why the current answers cannot be combined, with the names that the form shows. */
export function findProblems(answers: Record<string, unknown>): string[] {
  return findTrackedServiceProblems(answers).map(
    ({ option, reason }) =>
      `${trackedService.options[option]?.title ?? option}: ${reason}`,
  );
}

function Problems(props: { answers: Record<string, unknown> }) {
  const problems = findProblems(props.answers);
  return problems.length > 0 ? (
    <Box mb={2}>
      <Banner status="danger">
        {problems.map(problem => (
          <div key={problem}>{problem}</div>
        ))}
      </Banner>
    </Box>
  ) : null;
}

/** The cost of the current answers in one line, on the pages whose answers affect the price. */
export function CreationCost(props: { answers: Record<string, unknown> }) {
  const { answers } = props;
  const { region } = answers;
  return (
    <>
      <Problems answers={answers} />
      <Paper variant="outlined" sx={{ px: 2, py: 1.5 }}>
        <CostLine
          estimate={pricesOf(answers)}
          defaults={pricesOf({ region })}
        />
      </Paper>
    </>
  );
}

/** Everything that the answers create, and its cost. */
export function CreationReview(props: { answers: Record<string, unknown> }) {
  const { answers } = props;
  const t = useText();
  const values = normalizeOptions(trackedService, answers);
  const { repository, areas } = describeCreation(values);
  return (
    <section aria-label={t('create.review')}>
      <Problems answers={answers} />
      <Typography variant="h6" component="h2">
        {t('create.review')}
      </Typography>
      <Typography variant="body2" sx={{ mb: 2 }}>
        {t('create.registered', {
          repository,
          owner: (
            <strong>{String(values.owner ?? t('create.defaultOwner'))}</strong>
          ),
        })}{' '}
        {values.startOnLocalFleet
          ? t('create.startsLocally')
          : t('create.startsOnDeploy')}
      </Typography>
      <Tiles minWidthPx={340}>
        {areas.map(({ title, items }) => (
          <Surface key={title}>
            <Typography variant="subtitle2" component="h3">
              {title}
            </Typography>
            <Box component="ul" sx={{ m: 0, mt: 1, pl: 2.5 }}>
              {items.map(item => (
                <Typography key={item} variant="body2" component="li">
                  {item}
                </Typography>
              ))}
            </Box>
          </Surface>
        ))}
        <Paper variant="outlined" sx={{ p: 2, gridColumn: '1 / -1' }}>
          <Typography variant="subtitle2" component="h3">
            {t('create.costIn', { region: String(values.region) })}
          </Typography>
          <CostTable estimate={pricesOf(answers)} />
        </Paper>
      </Tiles>
    </section>
  );
}
