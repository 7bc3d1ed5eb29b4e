"""What travels in which parcel, by whom, and when (PL-01 to PL-12).

Planning is part of the order check: whatever is taken in, changed or set anew is planned with it, in bulk, and what the
plan finds joins the shipment's problems. What a page calls:

* `choose.plan(ws, keys)` → for each shipment `Planned`: carrier and service, `why` (words: `words.why_words`), cost,
  days, problems, and `alternatives` with their cost and what speaks against each. Writes nothing.
* `choose.set_service(ws, keys, carrier, service, reason)`, `choose.unset(ws, keys)`: a person's word, until taken back.
* `choose.hold_until(ws, keys, day)`, `choose.ship_now(ws, keys)`: kept back until a day; let go.
* `rules`: the ordered rules that choose a service (one mechanism with the rules of the order check).
* `tables`: prices, limits of services and areas, days a carrier fetches: taken over and written as TOML or CSV.
* `measures`: what parcels weigh and measure, as proposed and as found; a scale's text.
* `split_by`: boxes proposed by temperature, shelf, day or weight, for `split.split`.
* `bundle`, `undecided`, `split`, `void`, `promise`: as their modules say.
"""
