import { drawings } from './drawings';

/** The drawing of a product on a ground of its colour; decorative, because the name is beside it. */
export function ProductArt(props: {
  art: string;
  hue: number;
  className?: string;
}) {
  const { art, hue, className = '' } = props;
  const shade = (lightness: number, chroma: number) =>
    `oklch(${lightness} ${chroma} ${hue})`;
  const Drawing = drawings[art] ?? drawings['vase'];
  return (
    <svg
      viewBox="0 0 200 200"
      aria-hidden
      className={className}
      style={{
        background: `oklch(var(--art-back) var(--art-back-chroma) ${hue})`,
      }}
    >
      <ellipse cx="100" cy="166" rx="58" ry="7" fill="black" opacity="0.1" />
      {Drawing && (
        <Drawing
          main={shade(0.66, 0.12)}
          deep={shade(0.48, 0.1)}
          pale={shade(0.84, 0.07)}
        />
      )}
    </svg>
  );
}
