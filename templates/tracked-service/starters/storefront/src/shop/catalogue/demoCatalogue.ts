import type { arts } from './types.js';

interface DemoProduct {
  readonly name: string;
  readonly description: string;
  readonly priceCents: number;
  readonly stock: number;
  readonly art: (typeof arts)[number];
  readonly hue: number;
}

/** A homeware shop to try things with; the last product is shown first. */
export const demoCatalogue: readonly {
  readonly slug: string;
  readonly name: string;
  readonly products: readonly DemoProduct[];
}[] = [
  {
    slug: 'living',
    name: 'Living',
    products: [
      {
        name: 'Quiet Hour Clock',
        description:
          'A wall clock without a ticking second hand.\nBeech frame, domed glass, 28 cm.',
        priceCents: 6_900,
        stock: 40,
        art: 'clock',
        hue: 70,
      },
      {
        name: 'Linen Cushion, Moss',
        description:
          'Washed linen with a feather filling. The cover comes off and can be washed at 30 °C.',
        priceCents: 3_450,
        stock: 120,
        art: 'cushion',
        hue: 120,
      },
      {
        name: 'Linen Cushion, Clay',
        description:
          'Washed linen with a feather filling. The cover comes off and can be washed at 30 °C.',
        priceCents: 3_450,
        stock: 3,
        art: 'cushion',
        hue: 40,
      },
      {
        name: 'Ferry Lounge Chair',
        description:
          'Bent ash and woven paper cord: low, wide and light enough to move with one hand.',
        priceCents: 48_900,
        stock: 12,
        art: 'chair',
        hue: 230,
      },
      {
        name: 'Tidal Vase',
        description:
          'Thrown by hand, so that no two are the same. Holds water without a liner.',
        priceCents: 5_400,
        stock: 25,
        art: 'vase',
        hue: 200,
      },
    ],
  },
  {
    slug: 'plants',
    name: 'Plants',
    products: [
      {
        name: 'Barrel Cactus',
        description:
          'Wants sun, forgives everything else. Delivered in a pot of 12 cm.',
        priceCents: 1_900,
        stock: 64,
        art: 'cactus',
        hue: 142,
      },
      {
        name: 'Column Cactus',
        description:
          'Grows a hand a year. Water it once a month, less in winter.',
        priceCents: 2_600,
        stock: 0,
        art: 'cactus',
        hue: 334,
      },
      {
        name: 'Rubber Fig',
        description:
          'Thick dark leaves that clean the air. Likes a bright place without noon sun.',
        priceCents: 3_900,
        stock: 30,
        art: 'plant',
        hue: 158,
      },
      {
        name: 'Swiss Cheese Plant',
        description:
          'Monstera deliciosa, about 60 cm. New leaves open with holes.',
        priceCents: 4_900,
        stock: 18,
        art: 'plant',
        hue: 266,
      },
    ],
  },
  {
    slug: 'desk',
    name: 'Desk',
    products: [
      {
        name: 'Dotted Notebook',
        description:
          '160 pages of 100 g paper that opens flat. Dots at 5 mm, numbered pages.',
        priceCents: 1_650,
        stock: 400,
        art: 'notebook',
        hue: 255,
      },
      {
        name: 'Blank Notebook',
        description: '160 pages of 100 g paper that opens flat. Thread-sewn.',
        priceCents: 1_550,
        stock: 380,
        art: 'notebook',
        hue: 15,
      },
      {
        name: 'Harbour Task Lamp',
        description:
          'A jointed arm, a heavy foot and a warm LED that dims down to a night light.',
        priceCents: 12_900,
        stock: 22,
        art: 'lamp',
        hue: 85,
      },
      {
        name: 'Studio Chair',
        description:
          'A shell of recycled polymer on an oak base. Stacks up to four.',
        priceCents: 17_900,
        stock: 35,
        art: 'chair',
        hue: 30,
      },
    ],
  },
  {
    slug: 'lighting',
    name: 'Lighting',
    products: [
      {
        name: 'Dome Pendant, Fog',
        description:
          'Spun aluminium, 40 cm. The inside is white, so that the table is bright.',
        priceCents: 15_900,
        stock: 16,
        art: 'pendant',
        hue: 250,
      },
      {
        name: 'Dome Pendant, Ochre',
        description:
          'Spun aluminium, 40 cm. The inside is white, so that the table is bright.',
        priceCents: 15_900,
        stock: 14,
        art: 'pendant',
        hue: 80,
      },
      {
        name: 'Reading Lamp',
        description: 'One joint, one switch, one very long cable.',
        priceCents: 8_900,
        stock: 28,
        art: 'lamp',
        hue: 168,
      },
    ],
  },
  {
    slug: 'kitchen',
    name: 'Kitchen',
    products: [
      {
        name: 'Everyday Bowl, Sky',
        description:
          'Stoneware, 16 cm: for cereal, soup and everything between. Dishwasher safe.',
        priceCents: 1_450,
        stock: 250,
        art: 'bowl',
        hue: 230,
      },
      {
        name: 'Everyday Bowl, Berry',
        description:
          'Stoneware, 16 cm: for cereal, soup and everything between. Dishwasher safe.',
        priceCents: 1_450,
        stock: 240,
        art: 'bowl',
        hue: 355,
      },
      {
        name: 'First Light Teapot',
        description:
          'Holds one litre and pours without a drip. With a strainer of steel.',
        priceCents: 7_200,
        stock: 33,
        art: 'teapot',
        hue: 55,
      },
      {
        name: 'Garden Teapot',
        description:
          'Holds 0.6 litres. The lid stays on to the last drop of the last cup.',
        priceCents: 6_400,
        stock: 5,
        art: 'teapot',
        hue: 150,
      },
      {
        name: 'Morning Mug, Ink',
        description:
          'Stoneware, 350 ml. The handle has room for four fingers. Dishwasher safe.',
        priceCents: 1_800,
        stock: 300,
        art: 'mug',
        hue: 265,
      },
      {
        name: 'Morning Mug, Apricot',
        description:
          'Stoneware, 350 ml. The handle has room for four fingers. Dishwasher safe.',
        priceCents: 1_800,
        stock: 280,
        art: 'mug',
        hue: 60,
      },
    ],
  },
];
