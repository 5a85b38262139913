import Alert from '@mui/material/Alert';
import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { ChoiceField } from '../shared/filters/ChoiceField';
import { FIRST_PAGE } from './requestFilters';

/** Offers the archived days of the range, which are searched one at a time. */
export function ArchivedDays(props: { days: string[] }) {
  const { days } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const [, setParams] = useViewParams();
  const choose = (day: string | undefined) => {
    if (!day) return;
    const fromMs = Date.parse(day);
    setParams(FIRST_PAGE);
    tab.setRange({ kind: 'absolute', fromMs, toMs: fromMs + DAY_MS });
  };
  return (
    <Alert
      severity="info"
      action={
        <ChoiceField
          label={t('requests.archivedDay')}
          value={undefined}
          options={days}
          labelOf={day => day}
          anyText={t('requests.archivedDayNone')}
          onChange={choose}
        />
      }
    >
      {t('requests.archivedDays', {
        count: days.length,
        number: String(days.length),
      })}
    </Alert>
  );
}
