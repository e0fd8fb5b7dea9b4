// Order and cycles, by Boost.Graph's depth-first search. The only file that includes it.
#include "plan/order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>

namespace praxe {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Place>;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;
using Edge = boost::graph_traits<Graph>::edge_descriptor;

/// Notes vertices as they are finished, and reports what leads back into the path that is being followed.
class Visitor : public boost::default_dfs_visitor {
  public:
    Visitor(const std::vector<Dependent>& dependents, std::vector<std::size_t>& order, std::vector<Vertex>& path,
            Diagnostics& diagnostics)
        : dependents_(dependents), order_(order), path_(path), diagnostics_(diagnostics) {}

    void discover_vertex(Vertex v, const Graph&) { path_.push_back(v); }
    void finish_vertex(Vertex v, const Graph&) {
        path_.pop_back();
        order_.push_back(v);
    }
    void back_edge(Edge edge, const Graph& graph) {
        const Vertex back_to = boost::target(edge, graph);
        std::string cycle;
        for (auto at = std::find(path_.begin(), path_.end(), back_to); at != path_.end(); ++at) {
            cycle += fmt::format("\"{}\" → ", dependents_[*at].name);
        }
        diagnostics_.error(graph[edge], fmt::format("a cycle: {}\"{}\"", cycle, dependents_[back_to].name));
    }

  private:
    const std::vector<Dependent>& dependents_;
    std::vector<std::size_t>& order_;
    std::vector<Vertex>& path_;
    Diagnostics& diagnostics_;
};

}  // namespace

std::vector<std::size_t> order_of(const std::vector<Dependent>& dependents, Diagnostics& diagnostics) {
    Graph graph(dependents.size());
    for (std::size_t i = 0; i < dependents.size(); ++i) {
        for (const auto& [used, place] : dependents[i].uses) boost::add_edge(i, used, place, graph);
    }
    std::vector<std::size_t> order;
    std::vector<Vertex> path;
    boost::depth_first_search(graph, boost::visitor(Visitor(dependents, order, path, diagnostics)));
    return order;
}

}  // namespace praxe
