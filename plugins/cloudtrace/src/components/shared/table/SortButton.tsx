import ArrowUpwardIcon from '@mui/icons-material/ArrowUpward';
import { styled } from '@mui/material/styles';

const Button = styled('button')(({ theme }) => ({
  position: 'relative',
  padding: 0,
  border: 0,
  background: 'none',
  color: 'inherit',
  font: 'inherit',
  cursor: 'pointer',
  borderRadius: 'var(--bui-radius-1)',
  '&:focus-visible': {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: 2,
  },
  // Beside the text, so that it moves nothing when it appears.
  '& > svg': {
    position: 'absolute',
    insetBlock: 0,
    marginBlock: 'auto',
    insetInlineStart: '100%',
    fontSize: 14,
    opacity: 0,
  },
  '&[data-align="right"] > svg': {
    insetInlineStart: 'auto',
    insetInlineEnd: '100%',
  },
  '&[data-direction="descending"] > svg': { transform: 'rotate(180deg)' },
  '&:hover > svg, &:focus-visible > svg': { opacity: 0.6 },
  '&[data-active] > svg': { opacity: 1 },
}));

/** A heading that sorts by its column; the arrow shows the direction. */
export function SortButton(props: {
  title: string;
  align?: 'right';
  /** Whether the table is sorted by this column. */
  active: boolean;
  /** The present direction, or the one that a click requests. */
  descending: boolean;
  onClick: () => void;
}) {
  const { title, align, active, descending, onClick } = props;
  return (
    <Button
      type="button"
      data-align={align}
      data-active={active ? '' : undefined}
      data-direction={descending ? 'descending' : 'ascending'}
      onClick={onClick}
    >
      {title}
      <ArrowUpwardIcon aria-hidden />
    </Button>
  );
}
