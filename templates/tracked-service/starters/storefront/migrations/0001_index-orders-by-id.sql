DROP INDEX "orders_newest";--> statement-breakpoint
DROP INDEX "orders_all_newest";--> statement-breakpoint
CREATE INDEX "orders_of_user" ON "orders" USING btree ("user_id","id");