import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { useSearchParams } from '../../routing';
import { withTabState } from '../../state/tabState';
import { useText } from '../../state/useText';
import { withParams } from '../../state/useViewParams';
import { ChoiceField } from '../shared/filters/ChoiceField';
import { FIRST_PAGE } from './requestFilters';
import { Banner } from '../shared/Banner';

/** Offers the archived days of the range, which are searched one at a time. */
export function ArchivedDays(props: { days: string[] }) {
  const { days } = props;
  const t = useText();
  const [, setParams] = useSearchParams();
  const choose = (day: string | undefined) => {
    if (!day) return;
    const fromMs = Date.parse(day);
    const range = { kind: 'absolute', fromMs, toMs: fromMs + DAY_MS } as const;
    // One change: the second of two would undo the first.
    setParams(current =>
      withParams(withTabState(current, { range, back: undefined }), FIRST_PAGE),
    );
  };
  return (
    <Banner
      status="info"
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
    </Banner>
  );
}
