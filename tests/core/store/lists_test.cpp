#include "core/store/lists.h"

#include <algorithm>

#include <catch_amalgamated.hpp>

#include "core/store/list_index.h"
#include "tests/support/server.h"

using namespace countersign;
using namespace countersign::testing;
using store::ListFilter;
using store::ListIndex;
using store::ListKey;
using store::ListSort;

namespace {

// Items made straight as rows: lists do not care where rows come from.
class Rows {
public:
    explicit Rows(uint64_t seed) : random(seed), server(seed) {
        server.create_project("city", sample_policy());
        project = store::find_project(*server.database, ProjectId("city")).value();
    }

    store::ItemRow add(int number) {
        ItemState state;
        state.id = ItemId("item-" + std::to_string(number));
        state.predictions = {{ModelId("m"),
                              LabelId(random.below(2) == 0 ? "pothole" : "drain"),
                              Ppm{static_cast<int32_t>(random.below(50)) * 20'000},
                              {}}};
        RouteTaken& route = state.routes.emplace_back();
        route.tier = random.below(3) == 0 ? "full" : "quick";
        if (random.below(4) != 0) {
            route.due = Instant{static_cast<int64_t>(random.below(40)) * kMinute_us};
        }
        state.resolution.status = random.below(5) == 0 ? ItemStatus::resolved : ItemStatus::open;
        const int64_t no = store::insert_item(*server.database, project, state, false).value();
        states.push_back(state);
        return store::read_item(*server.database, no).value().value();
    }

    SeededEntropy random;
    TestServer server;
    store::ProjectRow project;
    std::vector<ItemState> states;
};

std::vector<ListKey> expected_keys(Rows& rows, const std::vector<store::ItemRow>& all, const ListFilter& filter,
                                   ListSort sort) {
    std::vector<ListKey> keys;
    for (const store::ItemRow& row : all) {
        if (store::matches(filter, row)) {
            keys.push_back(store::key_of(row, sort));
        }
    }
    std::sort(keys.begin(), keys.end());
    static_cast<void>(rows);
    return keys;
}

}  // namespace

TEST_CASE("pages joined together are the whole list in its order, whatever the sort, filter and page size") {
    const auto seed = GENERATE(1, 2, 3);
    CAPTURE(seed);
    Rows rows(static_cast<uint64_t>(seed));
    std::vector<store::ItemRow> all;
    for (int i = 0; i < 400; ++i) {
        all.push_back(rows.add(i));
    }
    for (int s = 0; s < 6; ++s) {
        const auto sort = static_cast<ListSort>(s);
        for (const ListFilter& filter :
             {ListFilter{}, ListFilter{.tier = "full"}, ListFilter{.label = LabelId("drain")},
              ListFilter{.status = ItemStatus::resolved}}) {
            std::vector<ListKey> keys;
            std::optional<ListKey> from = ListKey{};
            while (from) {
                const store::ListPage page =
                    store::list_items(*rows.server.database, rows.project, filter, sort, *from, 37).value();
                for (const store::ItemRow& row : page.rows) {
                    keys.push_back(store::key_of(row, sort));
                }
                from = page.next;
            }
            CAPTURE(store::list_sort_name(sort), filter.tier, filter.label.text);
            CHECK(keys == expected_keys(rows, all, filter, sort));
        }
    }
}

TEST_CASE("an index gives the row at every position, while it is built and while rows come and go") {
    const auto seed = GENERATE(11, 12, 13, 14);
    CAPTURE(seed);
    Rows rows(static_cast<uint64_t>(seed));
    std::vector<store::ItemRow> all;
    for (int i = 0; i < 1'500; ++i) {
        all.push_back(rows.add(i));
    }
    const auto sort = static_cast<ListSort>(rows.random.below(6));
    const ListFilter filter{.tier = rows.random.below(2) == 0 ? "" : "quick"};
    ListIndex index(*rows.server.database, rows.project, filter, sort);
    for (int step = 0; step < 300; ++step) {
        if (!index.complete() && rows.random.below(3) == 0) {
            REQUIRE(index.build(256).ok());
        }
        // One item changes its status: it leaves the list or comes back.
        const size_t which = rows.random.below(all.size());
        const store::ItemRow before = all[which];
        ItemState& state = rows.states[which];
        state.resolution.status = state.resolution.status == ItemStatus::open ? ItemStatus::resolved : ItemStatus::open;
        REQUIRE(store::save_item(*rows.server.database, before.no, state, false).ok());
        all[which] = store::read_item(*rows.server.database, before.no).value().value();
        index.change(before, all[which]);
        if (index.size() > 0) {
            const auto position = static_cast<int64_t>(rows.random.below(static_cast<uint64_t>(index.size())));
            const store::ItemRow* row = index.row(position).value();
            REQUIRE(row != nullptr);
            REQUIRE(store::matches(filter, *row));
            REQUIRE(index.position_of(*row).value() == position);
        }
    }
    while (!index.build(1'000).value()) {
    }
    const std::vector<ListKey> expected = expected_keys(rows, all, filter, sort);
    REQUIRE(index.size() == static_cast<int64_t>(expected.size()));
    for (size_t i = 0; i < expected.size(); ++i) {
        REQUIRE(store::key_of(*index.row(static_cast<int64_t>(i)).value(), sort) == expected[i]);
    }
    CHECK(index.row(index.size()).value() == nullptr);
    CHECK(index.row(-1).value() == nullptr);
}

TEST_CASE("a place in a list is written and read back, and nonsense is refused") {
    const ListKey key{-5, 77};
    CHECK(store::parse_list_key(store::to_text(key)).value() == key);
    for (const char* text : {"", "5", "a.b", "1.2x", "9999999999999999999999.1"}) {
        CHECK_FALSE(store::parse_list_key(text).ok());
    }
}
