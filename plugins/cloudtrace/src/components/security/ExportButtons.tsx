import { Button } from '@backstage/ui';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { useMutation } from '@tanstack/react-query';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { saveFile } from '../../lib/saveFile';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { readFindingQuery } from './findingFilters';

/** Saves the findings with the selected states as a file. */
export function ExportButtons() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const toasts = useApi(toastApiRef);
  const { entityRef } = useCloudtrace();
  const [params] = useViewParams();
  const { state } = readFindingQuery(params);
  const download = useMutation({
    mutationFn: async (format: 'csv' | 'sarif') => {
      const file = await api.exportFindings(entityRef, { format, state });
      saveFile(`${parseEntityRef(entityRef).name}-findings.${format}`, file);
    },
    onError: error =>
      toasts.post({
        title: t('security.exportFailed', { reason: error.message }),
        status: 'danger',
      }),
  });
  return (
    <>
      {(['csv', 'sarif'] as const).map(format => {
        const name =
          format === 'csv'
            ? t('security.exportCsv')
            : t('security.exportSarif');
        return (
          <Button
            variant="tertiary"
            key={format}
            isDisabled={download.isPending}
            aria-label={t('security.exportLabel', { format: name })}
            onPress={() => download.mutate(format)}
          >
            {name}
          </Button>
        );
      })}
    </>
  );
}
