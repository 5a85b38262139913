/** A pattern of slanted lines for use as a fill, by its id. */
export function Hatch(props: {
  id: string;
  color: string;
  /** Painted behind the lines. */
  ground?: string;
  angle?: number;
}) {
  const { id, color, ground, angle = 45 } = props;
  return (
    <pattern
      id={id}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform={`rotate(${angle})`}
    >
      {ground && <rect width="6" height="6" fill={ground} />}
      <rect width="2" height="6" fill={color} />
    </pattern>
  );
}
