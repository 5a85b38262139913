import { styled } from '@mui/material/styles';

const Sample = styled('svg')({ width: 14, height: 10, flex: 'none' });

/** The colour of a series beside its name; for decoration only. */
export function Swatch(props: { color: string; dash?: string }) {
  return (
    <Sample aria-hidden viewBox="0 0 14 10">
      {props.dash ? (
        <line
          x1="0"
          y1="5"
          x2="14"
          y2="5"
          stroke={props.color}
          strokeWidth="3"
          strokeDasharray={props.dash}
        />
      ) : (
        <rect width="14" height="10" rx="2" fill={props.color} />
      )}
    </Sample>
  );
}
