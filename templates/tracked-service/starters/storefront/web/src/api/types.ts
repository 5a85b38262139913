// The service's own types, so that client and service cannot disagree; they leave no trace in the bundle.
import type { Product } from '../../../src/shop/catalogue/types.js';
import type { OrderSummary } from '../../../src/shop/orders/types.js';

export type {
  Address,
  Addresses,
  User,
} from '../../../src/shop/accounts/types.js';
export type { Cart } from '../../../src/shop/cart/types.js';
export type {
  Category,
  NewProduct,
  Product,
  ProductChange,
} from '../../../src/shop/catalogue/types.js';
export type {
  InstanceSample,
  LiveMessage,
} from '../../../src/shop/live/types.js';
export type {
  Order,
  OrderStatus,
  OrderSummary,
} from '../../../src/shop/orders/types.js';

interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor?: string;
}
export type ProductPage = Page<Product>;
export type OrderPage = Page<OrderSummary>;

export interface Device {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly ipAddress: string;
  readonly userAgent: string;
  readonly current: boolean;
}
