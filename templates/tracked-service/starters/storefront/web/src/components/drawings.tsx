import type { ReactNode } from 'react';

interface Shades {
  readonly main: string;
  readonly deep: string;
  readonly pale: string;
}

const leaf = 'oklch(0.6 0.11 150)';
const leafDeep = 'oklch(0.47 0.1 152)';
const wood = 'oklch(0.66 0.07 65)';
const paper = 'oklch(0.97 0.01 90)';
const glow = 'oklch(0.93 0.1 95)';

const Pot = ({ main, deep }: Shades) => (
  <>
    <path d="M66 122h68l-8 44H74z" fill={main} />
    <rect x="61" y="114" width="78" height="14" rx="4" fill={deep} />
  </>
);

const Leaf = (props: { angle: number; length: number; deep?: boolean }) => (
  <path
    d={`M100 118q-16 -${props.length / 2} 0 -${props.length}q16 ${props.length / 2} 0 ${props.length}`}
    transform={`rotate(${props.angle} 100 118)`}
    fill={props.deep ? leafDeep : leaf}
  />
);

/** One drawing for each value of `arts` in the service. */
export const drawings: Record<string, (shades: Shades) => ReactNode> = {
  mug: ({ main, deep, pale }) => (
    <>
      <path
        d="M128 88h14a20 20 0 0 1 0 44h-14"
        fill="none"
        stroke={deep}
        strokeWidth="11"
      />
      <path
        d="M58 74h74v68a22 22 0 0 1-22 22H80a22 22 0 0 1-22-22z"
        fill={main}
      />
      <ellipse cx="95" cy="74" rx="37" ry="9" fill={deep} />
      <ellipse cx="95" cy="75" rx="30" ry="6" fill="oklch(0.35 0.05 50)" />
      <g fill="none" stroke={pale} strokeWidth="4" strokeLinecap="round">
        <path d="M82 58q-7-10 0-19t0-19" />
        <path d="M106 58q-7-10 0-19t0-19" />
      </g>
    </>
  ),
  teapot: ({ main, deep, pale }) => (
    <>
      <path
        d="M58 104q-26-6-28 16t30 26"
        fill="none"
        stroke={deep}
        strokeWidth="10"
      />
      <path d="M140 118q22-2 26-32l12 5q-4 46-42 58z" fill={deep} />
      <ellipse cx="100" cy="123" rx="52" ry="43" fill={main} />
      <path d="M62 93a44 30 0 0 1 76 0z" fill={deep} />
      <circle cx="100" cy="71" r="9" fill={main} />
      <path
        d="M70 112q6-14 20-18"
        fill="none"
        stroke={pale}
        strokeWidth="5"
        strokeLinecap="round"
      />
    </>
  ),
  bowl: ({ main, deep, pale }) => (
    <>
      <rect x="78" y="150" width="44" height="16" rx="6" fill={deep} />
      <path d="M36 92h128q-4 66-64 66T36 92z" fill={main} />
      <ellipse cx="100" cy="92" rx="64" ry="15" fill={deep} />
      <ellipse cx="100" cy="94" rx="54" ry="10" fill={pale} />
    </>
  ),
  lamp: ({ main, deep }) => (
    <>
      <path d="M88 92 54 166h104z" fill={glow} opacity="0.35" />
      <path
        d="m134 160-30-58 20-46"
        fill="none"
        stroke={deep}
        strokeWidth="7"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx="104" cy="102" r="7" fill={main} />
      <rect x="104" y="156" width="58" height="11" rx="5" fill={deep} />
      <path d="M132 44 74 62q-6 32 26 42z" fill={main} />
      <ellipse
        cx="87"
        cy="83"
        rx="9"
        ry="22"
        transform="rotate(-30 87 83)"
        fill={glow}
      />
    </>
  ),
  pendant: ({ main, deep }) => (
    <>
      <path d="M54 116 30 172h140l-24-56z" fill={glow} opacity="0.35" />
      <path d="M100 0v58" stroke={deep} strokeWidth="4" />
      <rect x="91" y="48" width="18" height="18" rx="4" fill={deep} />
      <path d="M40 118a60 56 0 0 1 120 0z" fill={main} />
      <ellipse cx="100" cy="118" rx="60" ry="9" fill={deep} />
      <ellipse cx="100" cy="120" rx="18" ry="8" fill={glow} />
    </>
  ),
  plant: shades => (
    <>
      <Leaf angle={-58} length={74} deep />
      <Leaf angle={58} length={74} deep />
      <Leaf angle={-28} length={92} />
      <Leaf angle={30} length={88} />
      <Leaf angle={0} length={100} deep />
      <Pot {...shades} />
    </>
  ),
  cactus: shades => (
    <>
      <g fill="none" stroke={leaf} strokeLinecap="round">
        <path d="M100 116V52" strokeWidth="36" />
        <path d="M70 92V76M70 92q0 12 20 10" strokeWidth="15" />
        <path d="M132 82V64M132 82q0 12-22 10" strokeWidth="15" />
      </g>
      <path
        d="M92 48v64M108 48v64"
        stroke={leafDeep}
        strokeWidth="3"
        strokeDasharray="2 9"
      />
      <circle cx="100" cy="34" r="9" fill="oklch(0.72 0.16 10)" />
      <circle cx="100" cy="34" r="4" fill={glow} />
      <Pot {...shades} />
    </>
  ),
  notebook: ({ main, deep, pale }) => (
    <g transform="rotate(-7 100 100)">
      <rect x="58" y="40" width="92" height="126" rx="6" fill={paper} />
      <rect x="52" y="36" width="92" height="126" rx="6" fill={main} />
      <path d="M52 42a6 6 0 0 1 6-6h10v126H58a6 6 0 0 1-6-6z" fill={deep} />
      <rect x="82" y="62" width="46" height="26" rx="3" fill={pale} />
      <path d="M90 72h30M90 79h20" stroke={deep} strokeWidth="2.5" />
      <path d="M133 36v126" stroke={deep} strokeWidth="5" />
    </g>
  ),
  vase: ({ main, deep, pale }) => (
    <>
      <g fill="none" stroke={wood} strokeWidth="4" strokeLinecap="round">
        <path d="M98 74Q92 46 78 22M102 74q2-30 22-48M100 74V18" />
      </g>
      {[
        [76, 20],
        [124, 26],
        [100, 16],
        [86, 38],
        [114, 42],
      ].map(([x, y]) => (
        <circle
          key={`${x} ${y}`}
          cx={x}
          cy={y}
          r="8"
          fill={paper}
          stroke={pale}
          strokeWidth="3"
        />
      ))}
      <path
        d="M84 68h32q-2 20 18 40 20 34-12 60H78q-32-26-12-60 20-20 18-40z"
        fill={main}
      />
      <ellipse cx="100" cy="68" rx="17" ry="5" fill={deep} />
      <path d="M66 122q34 12 68 0" fill="none" stroke={pale} strokeWidth="4" />
    </>
  ),
  cushion: ({ main, deep, pale }) => (
    <g transform="rotate(-5 100 106)">
      <path
        d="M42 52q58 12 116 0-12 54 0 112-58-12-116 0 12-58 0-112z"
        fill={main}
      />
      <path
        d="M64 60q-8 48 0 98M136 60q8 48 0 98"
        fill="none"
        stroke={pale}
        strokeWidth="4"
      />
      <path d="M42 52q58 12 116 0" fill="none" stroke={deep} strokeWidth="4" />
      <circle cx="100" cy="108" r="5" fill={deep} />
    </g>
  ),
  chair: ({ main, deep }) => (
    <>
      <g stroke={wood} strokeWidth="8" strokeLinecap="round">
        <path d="m72 122-12 42M128 122l12 42M86 124l-4 34M114 124l4 34" />
      </g>
      <path d="M60 40q40-14 80 0l-8 66H68z" fill={main} />
      <path d="M54 106q46-14 92 0 6 22-8 22H62q-14 0-8-22z" fill={deep} />
    </>
  ),
  clock: ({ main, deep }) => (
    <>
      <circle cx="100" cy="98" r="66" fill={main} />
      <circle cx="100" cy="98" r="55" fill={paper} />
      {Array.from({ length: 12 }, (_, hour) => (
        <path
          key={hour}
          d="M100 50v8"
          stroke={deep}
          strokeWidth={hour % 3 ? 2 : 5}
          transform={`rotate(${hour * 30} 100 98)`}
        />
      ))}
      <path
        d="M100 98 82 72M100 98l30-12"
        stroke="oklch(0.3 0.02 60)"
        strokeWidth="5"
        strokeLinecap="round"
      />
      <circle cx="100" cy="98" r="5" fill={deep} />
    </>
  ),
};
