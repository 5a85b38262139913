import { Button } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { TAB_PARAMS } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useLiveQuery } from '../../state/useLiveQuery';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { CopyBlock } from '../shared/CopyBlock';
import { Notice } from '../states/Notice';
import { QueryStates } from '../states/QueryStates';
import { TOKENS_PARAM } from '../../state/tokensParam';
import { FindingDrawer } from './FindingDrawer';
import { FindingsPanel } from './FindingsPanel';
import { IncompleteScans } from './IncompleteScans';
import { ScansPanel } from './ScansPanel';
import { SummarySection } from './SummarySection';
import { uploadCommand } from './uploadCommand';
import { Paragraph } from '../shared/text/Paragraph';

const OPEN_PARAM = TAB_PARAMS.finding;

function FirstScan() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef, environment } = useCloudtrace();
  const [, setParams] = useViewParams();
  const { data } = useQuery({
    queryKey: ['cloudtrace', entityRef, environment, 'diagnostics-setup'],
    queryFn: ({ signal }) =>
      api.getDiagnostics(entityRef, { environment }, { signal }),
    staleTime: Infinity,
  });
  return (
    <Notice
      title={t('security.noneTitle')}
      actions={
        <Button
          variant="primary"
          onPress={() => setParams({ [TOKENS_PARAM]: 'open' })}
        >
          {t('states.createToken')}
        </Button>
      }
    >
      <Paragraph>{t('security.noneDetail')}</Paragraph>
      {data && (
        <CopyBlock
          label={t('security.snippet')}
          text={uploadCommand(data.setup.otlpEndpoint)}
        />
      )}
    </Notice>
  );
}

/** The view "Security scans": what to fix first, and what is new? */
export function SecurityView() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  const [params, setParams] = useViewParams();
  const summary = useLiveQuery({
    name: 'finding-summary',
    kinds: ['scans'],
    read: ({ from, to }, signal) =>
      api.getFindingSummary(entityRef, { from, to }, { signal }),
  });
  return (
    <>
      <QueryStates
        query={summary}
        what={t('security.title')}
        permission="cloudtrace.security.read"
        empty={data =>
          data.asOf || data.incompleteScans.length > 0 ? undefined : (
            <FirstScan />
          )
        }
      >
        {data => (
          <>
            <IncompleteScans scans={data.incompleteScans} />
            <SummarySection data={data} />
            <FindingsPanel
              onOpen={finding => setParams({ [OPEN_PARAM]: finding.findingId })}
            />
            <ScansPanel />
          </>
        )}
      </QueryStates>
      <FindingDrawer
        findingId={params.get(OPEN_PARAM) ?? undefined}
        onClose={() => setParams({ [OPEN_PARAM]: undefined })}
      />
    </>
  );
}
