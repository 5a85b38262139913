import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { useText } from '../../state/useText';
import { FIGURES, groupFigure } from './groupFigure';
import type { ShownGroup } from './nameKinds';
import { Surface } from '../shared/layout/Surface';
import { Shrinkable } from '../shared/layout/Shrinkable';

const Groups = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  display: 'grid',
  gap: theme.spacing(1),
}));

const Figures = styled('dl')(({ theme }) => ({
  margin: 0,
  marginTop: theme.spacing(1),
  display: 'grid',
  gap: theme.spacing(1),
  gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
}));

const Value = styled(Typography)({
  fontVariantNumeric: 'tabular-nums',
}) as typeof Typography;

/** Every group with all its figures, for screens too narrow for a table. */
export function GroupList(props: {
  label: string;
  groups: ShownGroup[];
  withZone: boolean;
  nameOf: (group: ShownGroup) => ReactNode;
  trendOf: (group: ShownGroup) => ReactNode;
}) {
  const { label, groups, withZone, nameOf, trendOf } = props;
  const t = useText();
  return (
    <Groups aria-label={label}>
      {groups.map(group => (
        <Surface component="li" key={group.key} padding={1.5}>
          {nameOf(group)}
          {withZone && (
            <Typography variant="body2" color="text.secondary">
              {group.zone || t('load.noZone')}
            </Typography>
          )}
          <Figures>
            {FIGURES.map(column => (
              <Shrinkable key={column}>
                <Typography
                  component="dt"
                  variant="caption"
                  color="text.secondary"
                >
                  {t(`load.columns.${column}`)}
                </Typography>
                <Value component="dd" variant="body2">
                  {groupFigure(group, column)}
                </Value>
              </Shrinkable>
            ))}
          </Figures>
          {trendOf(group)}
        </Surface>
      ))}
    </Groups>
  );
}
