using Markdig.Extensions.TaskLists;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TrainingSite.Library.Services;

/// <summary>The boxes of task lists in Markdown: "- [ ] Gọi lại số chính thức".</summary>
public static class TaskBoxes
{
    /// <summary>Names each box by the words beside it: a reader who does not see the page hears what is done and what is not.</summary>
    public static void LabelTaskBoxes(this MarkdownDocument document)
    {
        foreach (var box in document.Descendants<TaskList>())
        {
            box.GetAttributes().AddProperty("aria-label", string.Concat(box.Parent!.Descendants<LeafInline>().Select(Words)).Trim());
        }
    }

    private static string Words(LeafInline part) => part switch
    {
        LiteralInline literal => literal.ToString(),
        CodeInline code => code.Content,
        AutolinkInline link => link.Url,
        LineBreakInline => " ",
        _ => "",
    };
}
