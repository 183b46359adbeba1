// SPDX-License-Identifier: Apache-2.0
//
// The `app` object of a test file: miniprogram-automator's methods on the app,
// its pages and its elements, and what a simulation can do besides — mocked
// network, virtual time, answers to dialogues. Everything that drives the app
// returns a promise; by the time it resolves the app has come to rest.

#ifndef FCC_SIMULATOR_SCENARIO_APP_OBJECT_H_
#define FCC_SIMULATOR_SCENARIO_APP_OBJECT_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/app/app.h"
#include "runtime/script/heap.h"
#include "simulator/scenario/app_session.h"

namespace fcc::scenario {

class AppObject {
 public:
  // All must outlive this; `lower` makes source runnable in the app's heap.
  using Lower = std::function<base::Result<std::string>(std::string_view)>;
  AppObject(script::Heap& heap, AppSession& session, Lower lower);
  ~AppObject();

  // Puts `app` on the global object.
  void Define();

 private:
  using Result = script::Result<script::Handle>;
  using Action = std::function<Result(const script::CallInfo&)>;
  struct NodeRef {
    app::PageId page = 0;
    app::NodeId node = 0;
  };
  struct RequestMock {
    std::string url;
    std::string method;
    script::Handle response;
  };

  struct SocketMock {
    std::string url;
    // {open, message, fail, delay}.
    script::Handle answers;
  };

  // A method that drives the app: its result or exception in a promise.
  void Async(const script::Handle& on, std::string_view name, int length,
             Action action);
  void Sync(const script::Handle& on, std::string_view name, int length,
            Action action);
  void DefineRouting();
  void DefineApi();
  void DefineScreen();
  void DefineTime();
  void DefinePages();
  void DefineElements();
  void DefineActions();
  void DefineQueries(const script::Handle& prototype);
  void DefineComponentMethods(const script::Handle& prototype);

  Result Answer(app::ApiResult result);
  Result Await(const std::function<void(app::ApiReply)>& start);
  Result CurrentPage();
  Result Route(app::RouteKind kind, const script::CallInfo& call);
  Result NewPage(const app::PageInfo& info);
  Result NewElement(app::PageId page, app::NodeId node);
  script::Result<NodeRef> RefOf(const script::Handle& object);
  script::Result<const app::Node*> NodeOf(const script::Handle& object);
  Result Select(const script::CallInfo& call, bool all);
  std::vector<value::Value> Arguments(const script::CallInfo& call,
                                      size_t from);
  script::Handle FromValue(const value::Value& value) {
    return heap_.FromValue(value);
  }
  script::Result<std::string> SourceOf(const script::Handle& function);
  std::optional<host::NetworkResponse> AnswerNetwork(
      const host::NetworkRequest& request);
  Result MockWxMethod(const script::CallInfo& call);
  Result MockRequest(const script::CallInfo& call);
  void DefineSockets();
  Result MockSocket(const script::CallInfo& call);
  std::optional<host::SocketAnswer> AnswerSocket(
      const host::SocketRecord& socket, const value::Value* sent);
  // The socket that a test names by its address; an exception if none is open.
  script::Result<uint32_t> OpenSocket(const script::Handle& url);

  script::Heap& heap_;
  AppSession& session_;
  Lower lower_;
  script::Handle app_;
  script::Handle page_prototype_;
  script::Handle element_prototype_;
  // The same node is the same object, so that tests may compare.
  std::map<std::pair<app::PageId, app::NodeId>, script::Handle> elements_;
  std::map<app::PageId, script::Handle> pages_;
  std::vector<RequestMock> request_mocks_;
  std::vector<SocketMock> socket_mocks_;
  std::vector<value::Value> requests_;
};

// A mock's url stands for itself with any query; `*` stands for anything.
bool UrlMatches(std::string_view pattern, std::string_view url);

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_APP_OBJECT_H_
